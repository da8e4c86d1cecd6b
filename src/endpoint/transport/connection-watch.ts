import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';
import { buildConnector } from 'undici';
import type { Connection } from '../../domain/model/stream.ts';
import type { Clock, MonotonicNs } from '../../domain/time.ts';
import { type ConnectionPhases, timePhases } from './connection-phases.ts';

/** Times the phases of each new connection and tells which connection a request is written to. */
export interface ConnectionWatch extends Disposable {
  readonly connect: buildConnector.connector;
  /** To be called when a request starts to be written: `known` is then called in the same turn of the event loop. */
  onNextWrite(known: (connection: Connection) => void): void;
  /** When the read that is being parsed was made: what came in one read shares a stamp. */
  readAt(): MonotonicNs;
}

type SendHeaders = { readonly socket: Socket };

/** undici tells the socket of a request only on its diagnostics channel, in the same tick as `onRequestStart`. */
export const watchConnections = (clock: Clock, timeoutMs: number): ConnectionWatch => {
  const fresh = new WeakMap<Socket, () => ConnectionPhases>();
  const base = buildConnector({ timeout: timeoutMs, allowH2: false });
  let reading: MonotonicNs | undefined;
  const stampRead = (): void => {
    reading = clock.now();
    queueMicrotask(() => {
      reading = undefined;
    });
  };
  let waiting: ((connection: Connection) => void) | undefined;
  const onSendHeaders = (message: unknown): void => {
    const { socket } = message as SendHeaders;
    const known = waiting;
    waiting = undefined;
    const phases = fresh.get(socket);
    fresh.delete(socket);
    known?.(phases === undefined ? { reused: true } : { reused: false, ...phases() });
  };
  subscribe('undici:client:sendHeaders', onSendHeaders);
  return {
    connect: (options, callback) => {
      // The connector returns its socket, though its type does not say so.
      const socket: unknown = base(options, callback);
      if (!(socket instanceof Socket)) return;
      fresh.set(socket, timePhases(socket, clock));
      const push = socket.push.bind(socket);
      // Node hands each read over here, two steps before undici's listener is told of it.
      socket.push = (...read) => {
        stampRead();
        return push(...read);
      };
    },
    onNextWrite: (known) => {
      waiting = known;
    },
    readAt: () => reading ?? clock.now(),
    [Symbol.dispose]: () => void unsubscribe('undici:client:sendHeaders', onSendHeaders),
  };
};
