import type { IncomingMessage } from 'node:http';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { WebSocket } from 'ws';
import { EndpointError } from '../../../domain/model/endpoint-error.ts';
import type { Connection } from '../../../domain/model/stream.ts';
import { type Clock, type MonotonicNs, millisecondsBetween } from '../../../domain/time.ts';
import { timePhases } from '../connection-phases.ts';
import { httpFailure, socketFailure } from '../http-failure.ts';

export type OpenedSocket = {
  readonly socket: WebSocket;
  readonly connection: Connection;
  readonly headers: Readonly<Record<string, string>>;
  readonly at: MonotonicNs;
  /** When the bytes that are being parsed were read. */
  readonly readAt: () => MonotonicNs;
};

export type OpenOptions = {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
};

const longestErrorBody = 65_536;

/** Opens a WebSocket without compression and times its phases. Rejects with what a server answered instead. */
export const openWebSocket = ({ url, headers, clock, signal }: OpenOptions): Promise<OpenedSocket> =>
  new Promise((resolve, reject) => {
    const raw = connectTo(url);
    const phases = timePhases(raw, clock);
    const socket = new WebSocket(url, {
      headers: { ...headers },
      perMessageDeflate: false,
      createConnection: () => raw,
    });
    const abandon = (): void => {
      socket.terminate();
      reject(signal.reason);
    };
    signal.addEventListener('abort', abandon, { once: true });
    let readAt: MonotonicNs = 0;
    let connection: Connection = { reused: false };
    let answered: Readonly<Record<string, string>> = {};
    const secured = url.protocol === 'wss:' ? 'secureConnect' : 'connect';
    raw.once(secured, () => {
      const ready = clock.now();
      socket.on('upgrade', (response) => {
        connection = { reused: false, ...phases(), upgradeMs: millisecondsBetween(ready, clock.now()) };
        answered = plainHeaders(response);
        // Before ws's own listener, which parses.
        raw.prependListener('data', () => {
          readAt = clock.now();
        });
      });
    });
    socket.on('open', () => {
      signal.removeEventListener('abort', abandon);
      resolve({ socket, connection, headers: answered, at: clock.now(), readAt: () => readAt });
    });
    socket.on('unexpected-response', (request, response) => {
      signal.removeEventListener('abort', abandon);
      readRefusal(response, clock)
        .then(reject, reject)
        .finally(() => request.destroy());
    });
    socket.on('error', (error) => {
      signal.removeEventListener('abort', abandon);
      reject(socketFailure(error, 'connect'));
    });
  });

const connectTo = (url: URL): Socket => {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isSecure = url.protocol === 'wss:';
  const options = { host, port: Number(url.port || (isSecure ? 443 : 80)), noDelay: true };
  if (!isSecure) return connectTcp(options);
  return connectTls({ ...options, ...(isIP(host) === 0 ? { servername: host } : {}) });
};

const plainHeaders = (response: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value ?? '')]));

/** 426 says that the address is right and only the transport is wrong: nothing to be patient about. */
const readRefusal = async (response: IncomingMessage, clock: Clock): Promise<EndpointError> => {
  const status = response.statusCode ?? 0;
  if (status === 426) {
    const what = 'answered 426 to the WebSocket upgrade: further tries use SSE';
    return new EndpointError('refused', what, { phase: 'connect', status, retryAfterMs: 0 });
  }
  let body = '';
  response.setEncoding('utf8');
  for await (const part of response) {
    body += part;
    if (body.length > longestErrorBody) break;
  }
  return httpFailure({ status, headers: plainHeaders(response), body }, clock);
};
