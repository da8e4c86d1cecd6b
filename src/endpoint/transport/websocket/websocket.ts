import { UserError } from '../../../domain/errors.ts';
import { EndpointError } from '../../../domain/model/endpoint-error.ts';
import type { EncodedRequest, Frame, Transport } from '../../endpoint.ts';
import { sse } from '../sse.ts';
import type { TransportOptions } from '../transport-options.ts';
import { defaultTimeouts } from '../watchdog.ts';
import { Exchange } from './exchange.ts';
import { WebSocketLink } from './link.ts';

/** Providers close a connection after an hour, whatever it is doing: ours are replaced between two calls before that. */
const longestLifeMs = 55 * 60_000;

export type WebSocketOptions = TransportOptions & { readonly longestLifeMs?: number | undefined };

/**
 * A persistent WebSocket for each session. An answer is stopped by closing its connection, since no other way is
 * documented. A server that answers 426 gets the rest over SSE, which every later turn's connection says.
 */
export const websocket = (options: WebSocketOptions): Transport => {
  const links = createLinks(options);
  const { clock, timeouts = defaultTimeouts } = options;
  let fallback: Transport | undefined;

  const start = (request: EncodedRequest, { signal, warmUp }: { signal: AbortSignal; warmUp: boolean }): Exchange => {
    const link = links.take(request);
    const message = link.compose(request.body, { warmUp });
    const exchange = new Exchange({ clock, timeouts, signal });
    void link.run(message, exchange).then((refusal) => {
      if (refusal instanceof EndpointError && refusal.status === 426) fallback ??= sse(options);
    });
    return exchange;
  };

  return {
    name: 'websocket',
    send: (request, { signal }) => {
      signal.throwIfAborted();
      if (fallback !== undefined) return sayFallback(fallback.send(request, { signal }), fallback.name);
      return start(request, { signal, warmUp: false }).frames;
    },
    warmUp: async (request, { signal }) => {
      if (signal.aborted) return;
      if (fallback !== undefined) return fallback.warmUp(request, { signal });
      try {
        for await (const _batch of start(request, { signal, warmUp: true }).frames);
      } catch {
        // The first call meets the same trouble and tells it.
      }
    },
    [Symbol.asyncDispose]: async () => {
      links.closeAll();
      await fallback?.[Symbol.asyncDispose]();
    },
  };
};

type Links = { take(request: EncodedRequest): WebSocketLink; closeAll(): void };

/** The connections of all sessions; a session's calls go one after the other over one, unless it makes two at once. */
const createLinks = (options: WebSocketOptions): Links => {
  const { address, conversation, clock, longestLifeMs: life = longestLifeMs } = options;
  if (conversation === undefined) {
    throw new UserError('this protocol is not spoken over a WebSocket', { fix: 'use `transport: sse`' });
  }
  const sessions = new Map<string, WebSocketLink[]>();
  return {
    take: ({ path, sessionId, headers }) => {
      const open = (sessions.get(sessionId) ?? []).filter((link) => !link.isClosed);
      for (const link of open) if (link.isIdle && link.ageMs >= life) link.close();
      const idle = open.find((link) => link.isIdle);
      if (idle !== undefined) return idle;
      const url = new URL(address.replace(/^http/, 'ws').replace(/\/$/, '') + path);
      const allHeaders = () => ({ ...headers, ...options.headers() });
      const link = new WebSocketLink({ url, headers: allHeaders, clock, conversation: conversation() });
      sessions.set(sessionId, [...open.filter((other) => !other.isClosed), link]);
      return link;
    },
    closeAll: () => {
      for (const link of [...sessions.values()].flat()) link.close();
      sessions.clear();
    },
  };
};

async function* sayFallback(
  batches: AsyncIterable<readonly Frame[]>,
  fallback: string,
): AsyncGenerator<readonly Frame[]> {
  for await (const batch of batches) {
    yield batch.map((frame) =>
      frame.kind === 'connection' ? { ...frame, connection: { ...frame.connection, fallback } } : frame,
    );
  }
}
