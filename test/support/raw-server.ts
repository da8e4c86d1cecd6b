import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export type Received = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** How many requests came over the same connection before this one. */
  readonly earlierOnConnection: number;
};

/** A loopback HTTP server whose answers a test writes byte by byte. */
export type RawServer = AsyncDisposable & {
  readonly address: string;
  readonly received: readonly Received[];
};

export type Answer = (response: ServerResponse, received: Received) => unknown;

/** Starts a server that gives each request to `answer`; closing it cuts every connection. */
export const startRawServer = async (answer: Answer): Promise<RawServer> => {
  const received: Received[] = [];
  const requestsOf = new WeakMap<Socket, number>();
  const server = createServer(async (request, response) => {
    const earlierOnConnection = requestsOf.get(request.socket) ?? 0;
    requestsOf.set(request.socket, earlierOnConnection + 1);
    const { method = '', url = '', headers } = request;
    const entry = { method, path: url, headers, body: await readBody(request), earlierOnConnection };
    received.push(entry);
    await answer(response, entry);
  });
  await listen(server);
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    received,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const listen = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });

const readBody = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
};

export const eventStream = { 'content-type': 'text/event-stream' } as const;

/** One SSE frame. */
export const frame = (data: unknown, event?: string): string =>
  `${event === undefined ? '' : `event: ${event}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
