import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { eventStream, pause, startRawServer } from './raw-server.ts';
import type { Payload } from './wire/wire.ts';

/** What a scripted server does for one request, in order. */
export type Step =
  | { readonly do: 'send'; readonly payloads: readonly Payload[] }
  | { readonly do: 'pause'; readonly ms: number }
  /** The connection is destroyed. */
  | { readonly do: 'cut' }
  /** The answer is closed in good order, complete or not. */
  | { readonly do: 'close' }
  /** Nothing more happens; the connection stays open. */
  | { readonly do: 'stall' }
  /** Something other than a stream is answered. */
  | {
      readonly do: 'refuse';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body: string;
    };

export type ScriptedServer = AsyncDisposable & {
  readonly address: string;
  /** Bodies received: of POSTs, or of WebSocket messages. */
  readonly bodies: readonly string[];
  /** Headers of the requests or upgrades. */
  readonly headers: readonly Readonly<Record<string, string | string[] | undefined>>[];
  readonly closedConnections: () => number;
  readonly openedConnections: () => number;
};

/** The steps of the n-th request (from 0). */
export type Script = (request: number, body: string) => readonly Step[];

export const send = (...payloads: readonly Payload[]): Step => ({ do: 'send', payloads });

/** Answers POSTs with server-sent events. */
export const startSseServer = async (script: Script): Promise<ScriptedServer> => {
  let opened = 0;
  let closed = 0;
  const bodies: string[] = [];
  const headers: Readonly<Record<string, string | string[] | undefined>>[] = [];
  const server = await startRawServer(async (response, received) => {
    if (received.earlierOnConnection === 0) {
      opened += 1;
      response.socket?.once('close', () => {
        closed += 1;
      });
    }
    const steps = script(bodies.push(received.body) - 1, received.body);
    headers.push(received.headers);
    for (const step of steps) {
      if (step.do === 'refuse') {
        response.writeHead(step.status, { 'content-type': 'application/json', ...step.headers }).end(step.body);
        return;
      }
      if (!response.headersSent) response.writeHead(200, eventStream);
      if (step.do === 'pause') await pause(step.ms);
      else if (step.do === 'cut') return void response.socket?.destroy();
      else if (step.do === 'stall') return;
      else if (step.do === 'close') break;
      else for (const payload of step.payloads) response.write(asEvent(payload));
    }
    response.end();
  });
  const { address } = server;
  return {
    address,
    bodies,
    headers,
    openedConnections: () => opened,
    closedConnections: () => closed,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
};

const asEvent = ({ event, data }: Payload): string =>
  `${event === undefined ? '' : `event: ${event}\n`}data: ${data}\n\n`;

/** Answers WebSocket messages; a `refuse` as first step answers the upgrade itself. */
export const startWebSocketServer = async (script: Script): Promise<ScriptedServer> => {
  let opened = 0;
  let closed = 0;
  const bodies: string[] = [];
  const headers: Readonly<Record<string, string | string[] | undefined>>[] = [];
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: 0,
    verifyClient: ({ req }, decide) => {
      headers.push(req.headers);
      const first = script(bodies.length, '')[0];
      if (first?.do !== 'refuse') return decide(true);
      bodies.push('');
      decide(false, first.status, first.body, { 'content-type': 'application/json', ...first.headers });
    },
  });
  server.on('connection', (socket) => {
    opened += 1;
    socket.on('close', () => {
      closed += 1;
    });
    socket.on('message', async (data) => {
      const body = String(data);
      for (const step of script(bodies.push(body) - 1, body)) {
        if (step.do === 'pause') await pause(step.ms);
        else if (step.do === 'cut') return socket.terminate();
        else if (step.do === 'stall') return;
        else if (step.do === 'close') return socket.close(1000);
        else if (step.do === 'send') for (const payload of step.payloads) socket.send(payload.data);
      }
    });
  });
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    bodies,
    headers,
    openedConnections: () => opened,
    closedConnections: () => closed,
    [Symbol.asyncDispose]: async () => {
      for (const client of server.clients) client.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
