import type { EndpointError } from '../../domain/model/endpoint-error.ts';
import { createRandom } from '../../measure/random/random.ts';

/** How a failed model call is tried again. Waits in milliseconds. */
export type RetryPolicy = {
  /** Tries in all, the first included. */
  readonly tries: number;
  readonly firstWaitMs: number;
  /** No single wait is longer; a provider that asks for more is not waited for. */
  readonly longestWaitMs: number;
  /** A number in [0, 1) for each wait. */
  readonly jitter: () => number;
};

/** Four tries, waits of about 0.5, 1 and 2 s; a provider's own wish is granted up to a minute. */
export const createRetryPolicy = (seed: number, limits: Partial<Omit<RetryPolicy, 'jitter'>> = {}): RetryPolicy => ({
  tries: 4,
  firstWaitMs: 500,
  longestWaitMs: 60_000,
  ...limits,
  jitter: createRandom(seed, 'retry').uniform,
});

/**
 * Milliseconds to wait before the next try, or undefined where there is to be none. Exponential back-off, half of it
 * random; what the provider asks for is never cut short, only spread by up to a tenth.
 */
export const waitBeforeRetry = (policy: RetryPolicy, error: EndpointError, failedTries: number): number | undefined => {
  if (!error.isRetryable || failedTries >= policy.tries) return undefined;
  if (error.retryAfterMs !== undefined) {
    if (error.retryAfterMs > policy.longestWaitMs) return undefined;
    return error.retryAfterMs * (1 + 0.1 * policy.jitter());
  }
  const wait = Math.min(policy.firstWaitMs * 2 ** (failedTries - 1), policy.longestWaitMs);
  return wait * (0.5 + 0.5 * policy.jitter());
};
