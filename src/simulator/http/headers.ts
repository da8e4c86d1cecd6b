import type { Exchange } from '../exchange.ts';
import { limitHeaders } from '../limit/headers.ts';
import { monotonicNs } from '../pace/clock.ts';
import type { Stage } from '../stage.ts';

/** Headers of an answer that depend on its endpoint: ids, rate limits, OpenAI's processing time so far. */
export const answerHeaders = (stage: Stage, { arrival, profile }: Exchange): Readonly<Record<string, string>> => {
  const nowNs = monotonicNs();
  const limiter = stage.limiters.get(profile.name);
  const limits =
    limiter === undefined || profile.rate_limits === undefined
      ? {}
      : limitHeaders(profile.rate_limits.headers, limiter.state(nowNs), Date.now());
  const processingMs = Math.round((nowNs - arrival.receivedNs) / 1e6);
  return {
    [arrival.protocol.name === 'messages' ? 'request-id' : 'x-request-id']: arrival.requestId,
    ...(profile.server_timing === 'openai' ? { 'openai-processing-ms': String(processingMs) } : {}),
    ...limits,
  };
};
