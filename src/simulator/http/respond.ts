import type { ServerResponse } from 'node:http';
import { constants, createGzip, type Gzip } from 'node:zlib';
import { monotonicNs } from '../pace/clock.ts';
import type { Sink } from '../pace/sink.ts';
import type { Encoder, WireEvent } from '../protocol/protocol.ts';

/** Headers that every answer carries: nobody shall take it for a real endpoint's. */
export const simulatedHeaders = { 'x-tacho-simulated': 'true', server: 'tacho-simulator' } as const;

/** Sends one JSON body. */
export const sendJson = (
  response: ServerResponse,
  body: unknown,
  options: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
): void => {
  if (response.writableEnded || response.destroyed) return;
  const text = JSON.stringify(body);
  response.writeHead(options.status ?? 200, {
    ...simulatedHeaders,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...options.headers,
  });
  response.end(text);
};

const dressed = ({ event, data }: WireEvent): string =>
  event === undefined ? `data: ${data}\n\n` : `event: ${event}\ndata: ${data}\n\n`;

/** Breaks a response off: closed between two chunks, so that the client sees a clean end, or reset. */
const abortResponse = (response: ServerResponse, how: 'close' | 'reset'): void => {
  if (how === 'close') response.end();
  else response.socket?.resetAndDestroy();
};

export type SseOptions = {
  /** Asked for when the headers are written. */
  readonly headers: () => Readonly<Record<string, string>>;
  readonly gzip: boolean;
  /** A comment line before each write. */
  readonly comments: boolean;
};

const compressed = (response: ServerResponse): Gzip => {
  const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH });
  gzip.pipe(response);
  return gzip;
};

/** A sink that sends server-sent events, all of one tick in one write. */
export const sseSink = (response: ServerResponse, options: SseOptions): Sink => {
  const body = options.gzip ? compressed(response) : response;
  return {
    open: () => {
      response.writeHead(200, {
        ...simulatedHeaders,
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache',
        ...(options.gzip ? { 'content-encoding': 'gzip' } : {}),
        ...options.headers(),
      });
      response.flushHeaders();
    },
    write: (events) => {
      let text = options.comments ? ': SIMULATED PROCESSING\n\n' : '';
      for (const event of events) text += dressed(event);
      // Without a cork of our own, Node holds the write back until all streams that are due have been served.
      response.socket?.cork();
      body.write(text);
      const stamp = monotonicNs();
      response.socket?.uncork();
      return stamp;
    },
    end: () => body.end(),
    abort: (how) => abortResponse(response, how),
  };
};

/** A sink for a client that does not stream: silent until the turn is over. */
export const jsonSink = (
  response: ServerResponse,
  encoder: Encoder,
  headers: () => Readonly<Record<string, string>>,
): Sink => ({
  open: () => {},
  write: () => monotonicNs(),
  end: () => sendJson(response, encoder.whole(), { headers: headers() }),
  abort: (how) => abortResponse(response, how),
});
