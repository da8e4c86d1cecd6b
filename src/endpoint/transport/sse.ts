import { setImmediate } from 'node:timers/promises';
import { Agent } from 'undici';
import type { EncodedRequest, Transport } from '../endpoint.ts';
import { watchConnections } from './connection-watch.ts';
import { requestUrl } from './request-url.ts';
import { SseCall } from './sse-call.ts';
import type { TransportOptions } from './transport-options.ts';
import { defaultTimeouts } from './watchdog.ts';

/** Tool pauses of an agent are long: the connection should survive them. */
const keepAliveMs = 120_000;

/**
 * Server-sent events over HTTP/1.1 with a connection pool of its own. Every read is stamped as Node hands it over,
 * before anything parses it; compression is refused, because a compressor decides when bytes leave.
 */
export const sse = (options: TransportOptions): Transport => {
  const { address, clock, timeouts = defaultTimeouts } = options;
  const watch = watchConnections(clock, timeouts.connectMs);
  const agent = new Agent({
    connect: watch.connect,
    keepAliveTimeout: keepAliveMs,
    headersTimeout: 0,
    bodyTimeout: 0,
    allowH2: false,
  });
  return {
    name: 'sse',
    send: (request, { signal }) => {
      signal.throwIfAborted();
      const url = requestUrl(address, request.path, 'http');
      const headers = requestHeaders(request, options.headers());
      const body = JSON.stringify(request.body);
      const call = new SseCall({ clock, timeouts, watch, signal });
      call.handOver();
      agent.dispatch({ origin: url.origin, path: url.pathname + url.search, method: 'POST', headers, body }, call);
      return call.frames;
    },
    warmUp: async (request, { signal }) => {
      const patience = AbortSignal.any([signal, AbortSignal.timeout(timeouts.connectMs)]);
      const { origin, pathname, search } = requestUrl(address, '/models', 'http');
      const headers = requestHeaders(request, options.headers());
      // What is answered does not matter, the connection does.
      await agent
        .request({ origin, path: pathname + search, method: 'GET', headers, signal: patience })
        .then(({ body }) => body.dump())
        .catch(() => undefined);
      await setImmediate();
    },
    [Symbol.asyncDispose]: async () => {
      await agent.destroy();
      watch[Symbol.dispose]();
    },
  };
};

const requestHeaders = (request: EncodedRequest, own: Readonly<Record<string, string>>): Record<string, string> => ({
  accept: 'text/event-stream',
  'accept-encoding': 'identity',
  'content-type': 'application/json',
  ...request.headers,
  ...own,
});
