import type { ServerResponse } from 'node:http';
import type { Sink } from '../pace/player.ts';
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

/** A sink that sends server-sent events, all of one tick in one write. */
export const sseSink = (response: ServerResponse, headers: () => Readonly<Record<string, string>>): Sink => ({
  open: () => {
    response.writeHead(200, {
      ...simulatedHeaders,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      ...headers(),
    });
    response.flushHeaders();
  },
  write: (events) => {
    let text = '';
    for (const event of events) text += dressed(event);
    response.write(text);
  },
  end: () => response.end(),
});

/** A sink for a client that does not stream: silent until the turn is over. */
export const jsonSink = (
  response: ServerResponse,
  encoder: Encoder,
  headers: () => Readonly<Record<string, string>>,
): Sink => ({
  open: () => {},
  write: () => {},
  end: () => sendJson(response, encoder.whole(), { headers: headers() }),
});
