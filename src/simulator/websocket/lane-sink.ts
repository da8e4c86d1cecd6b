import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { monotonicNs } from '../pace/clock.ts';
import type { Sink } from '../pace/sink.ts';
import type { WireEvent } from '../protocol/protocol.ts';

/** One JSON text frame an event; on a named lane each carries its `stream_id`. */
export const laneWriter = (socket: WebSocket, lane: string | undefined): ((events: readonly WireEvent[]) => number) => {
  const suffix = lane === undefined ? undefined : `,"stream_id":${JSON.stringify(lane)}}`;
  return (events) => {
    const stamp = monotonicNs();
    if (socket.readyState !== socket.OPEN) return stamp;
    for (const { data } of events) socket.send(suffix === undefined ? data : `${data.slice(0, -1)}${suffix}`);
    return stamp;
  };
};

/** A sink that writes a response into a lane; `abort` takes the whole connection along. */
export const laneSink = (socket: WebSocket, raw: Socket, lane: string | undefined): Sink => ({
  open: () => {},
  write: laneWriter(socket, lane),
  end: () => {},
  abort: (how) => {
    if (how === 'close') socket.close(1000);
    else raw.resetAndDestroy();
  },
});
