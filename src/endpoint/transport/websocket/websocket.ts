import { UserError } from '../../../domain/errors.ts';
import { EndpointError } from '../../../domain/model/endpoint-error.ts';
import type { EncodedRequest, Frame, Transport } from '../../endpoint.ts';
import { requestUrl } from '../request-url.ts';
import { sse } from '../sse.ts';
import type { TransportOptions } from '../transport-options.ts';
import { defaultTimeouts } from '../watchdog.ts';
import { Exchange } from './exchange.ts';
import { WebSocketLink } from './link.ts';

/** Providers close a connection after an hour, whatever it is doing: ours are replaced between two calls before that. */
const longestLifeMs = 55 * 60_000;

/** A session that has been silent for so long is over: its connection would only be one too many. */
const longestIdleMs = 10 * 60_000;

export type WebSocketOptions = TransportOptions & {
  readonly longestLifeMs?: number | undefined;
  readonly longestIdleMs?: number | undefined;
};

/**
 * A persistent WebSocket for each session. An answer is stopped by closing its connection, or redirected where the protocol
 * has an event for that. A server that answers 426 gets the rest over SSE, which every later turn's connection says.
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
    steer: (request, { signal }) => {
      const exchange = new Exchange({ clock, timeouts, signal });
      if (!links.busy(request).some((link) => link.steer(request.body, exchange)))
        exchange.finish({ error: nothingToSteer() });
      return exchange.frames;
    },
    [Symbol.asyncDispose]: async () => {
      links.closeAll();
      await fallback?.[Symbol.asyncDispose]();
    },
  };
};

const nothingToSteer = (): EndpointError =>
  new EndpointError('invalid-request', 'has no answer under way that could be steered', { phase: 'admission' });

type Links = {
  take(request: EncodedRequest): WebSocketLink;
  /** Those of the request's session that are at work. */
  busy(request: EncodedRequest): readonly WebSocketLink[];
  closeAll(): void;
};

/** The connections of all sessions; a session's calls go one after the other over one, unless it makes two at once. */
const createLinks = (options: WebSocketOptions): Links => {
  const { address, conversation, clock } = options;
  if (conversation === undefined) {
    throw new UserError('this protocol is not spoken over a WebSocket', { fix: 'use `transport: sse`' });
  }
  const sessions = new Map<string, readonly WebSocketLink[]>();
  return {
    take: ({ path, sessionId, headers }) => {
      dropOld(sessions, options);
      const open = sessions.get(sessionId) ?? [];
      const idle = open.find((link) => link.isIdle);
      if (idle !== undefined) return idle;
      const url = requestUrl(address, path, 'ws');
      const allHeaders = () => ({ ...headers, ...options.headers() });
      const link = new WebSocketLink({ url, headers: allHeaders, clock, conversation: conversation() });
      sessions.set(sessionId, [...open, link]);
      return link;
    },
    busy: ({ sessionId }) => (sessions.get(sessionId) ?? []).filter((link) => !link.isIdle && !link.isClosed),
    closeAll: () => {
      for (const link of [...sessions.values()].flat()) link.close();
      sessions.clear();
    },
  };
};

/** Closes what has been open or idle for too long, and forgets what is closed. */
const dropOld = (sessions: Map<string, readonly WebSocketLink[]>, options: WebSocketOptions): void => {
  const { longestLifeMs: lifeMs = longestLifeMs, longestIdleMs: idleMs = longestIdleMs } = options;
  for (const [sessionId, links] of sessions) {
    for (const link of links) if (link.isIdle && (link.ageMs >= lifeMs || link.idleMs >= idleMs)) link.close();
    const open = links.filter((link) => !link.isClosed);
    if (open.length === 0) sessions.delete(sessionId);
    else if (open.length < links.length) sessions.set(sessionId, open);
  }
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
