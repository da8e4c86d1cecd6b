import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import type { Connection } from '../../domain/stream.ts';
import { type Clock, type MonotonicNs, millisecondsBetween } from '../../domain/time.ts';

type Phases = { readonly dnsMs?: number; readonly tcpMs?: number; readonly tlsMs?: number };

/** Times the phases of each new connection and tells which connection a request is written to. */
export interface ConnectionWatch extends Disposable {
  readonly connect: buildConnector.connector;
  /** To be called when a request starts to be written: `known` is then called in the same turn of the event loop. */
  onNextWrite(known: (connection: Connection) => void): void;
}

type SendHeaders = { readonly socket: Socket };

/** undici tells the socket of a request only on its diagnostics channel, in the same tick as `onRequestStart`. */
export const watchConnections = (clock: Clock, timeoutMs: number): ConnectionWatch => {
  const fresh = new WeakMap<Socket, () => Phases>();
  const base = buildConnector({ timeout: timeoutMs, allowH2: false });
  let waiting: ((connection: Connection) => void) | undefined;
  const onSendHeaders = (message: unknown): void => {
    const known = waiting;
    if (known === undefined) return;
    waiting = undefined;
    const { socket } = message as SendHeaders;
    const phases = fresh.get(socket);
    fresh.delete(socket);
    known(phases === undefined ? { reused: true } : { reused: false, ...phases() });
  };
  subscribe('undici:client:sendHeaders', onSendHeaders);
  return {
    connect: (options, callback) => {
      // The connector returns its socket, though its type does not say so.
      const socket: unknown = base(options, callback);
      if (socket instanceof Socket) fresh.set(socket, timePhases(socket, clock));
    },
    onNextWrite: (known) => {
      waiting = known;
    },
    [Symbol.dispose]: () => void unsubscribe('undici:client:sendHeaders', onSendHeaders),
  };
};

/** DNS ends at `lookup` (never seen for a bare IP address), TCP at `connect`, TLS at `secureConnect`. */
const timePhases = (socket: Socket, clock: Clock): (() => Phases) => {
  const start = clock.now();
  let found: MonotonicNs | undefined;
  let connected: MonotonicNs | undefined;
  let secured: MonotonicNs | undefined;
  socket.once('lookup', () => {
    found ??= clock.now();
  });
  socket.prependOnceListener('connect', () => {
    connected = clock.now();
  });
  if (socket instanceof TLSSocket) {
    socket.prependOnceListener('secureConnect', () => {
      secured = clock.now();
    });
  }
  return () => ({
    ...(found === undefined ? {} : { dnsMs: millisecondsBetween(start, found) }),
    ...(connected === undefined ? {} : { tcpMs: millisecondsBetween(found ?? start, connected) }),
    ...(connected === undefined || secured === undefined ? {} : { tlsMs: millisecondsBetween(connected, secured) }),
  });
};
