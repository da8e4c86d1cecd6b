import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { type Clock, type MonotonicNs, millisecondsBetween } from '../../domain/time.ts';

export type ConnectionPhases = { readonly dnsMs?: number; readonly tcpMs?: number; readonly tlsMs?: number };

/**
 * Times a socket that has just been told to connect; the result reads what is known so far. DNS ends at `lookup`
 * (never seen for a bare IP address), TCP at `connect`, TLS at `secureConnect`.
 */
export const timePhases = (socket: Socket, clock: Clock): (() => ConnectionPhases) => {
  const start = clock.now();
  let found: MonotonicNs | undefined;
  let connected: MonotonicNs | undefined;
  let secured: MonotonicNs | undefined;
  socket.prependOnceListener('lookup', () => {
    found = clock.now();
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
