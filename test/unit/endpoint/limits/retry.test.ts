import { describe, expect, it } from 'vitest';
import { EndpointError, type EndpointFault } from '../../../../src/domain/model/endpoint-error.ts';
import { createRetryPolicy, waitBeforeRetry } from '../../../../src/endpoint/limits/retry.ts';

const failure = (fault: EndpointFault, retryAfterMs?: number): EndpointError =>
  new EndpointError(fault, 'x', { phase: 'headers', retryAfterMs });

describe('waitBeforeRetry', () => {
  it('doubles, half of it random, up to the longest wait', () => {
    const policy = createRetryPolicy(1, { tries: 20, firstWaitMs: 100, longestWaitMs: 1000 });
    for (let tries = 1; tries < 20; tries += 1) {
      const full = Math.min(100 * 2 ** (tries - 1), 1000);
      const wait = waitBeforeRetry(policy, failure('overloaded'), tries) ?? Number.NaN;
      expect(wait).toBeGreaterThanOrEqual(full / 2);
      expect(wait).toBeLessThan(full);
    }
  });

  it('gives the same waits for the same seed and others for another', () => {
    const waits = (seed: number) => {
      const policy = createRetryPolicy(seed);
      return [1, 2, 3].map((tries) => waitBeforeRetry(policy, failure('timeout'), tries));
    };
    expect(waits(7)).toEqual(waits(7));
    expect(waits(7)).not.toEqual(waits(8));
  });

  it('never cuts short what the provider asks for', () => {
    const policy = createRetryPolicy(1);
    for (let call = 0; call < 50; call += 1) {
      const wait = waitBeforeRetry(policy, failure('rate-limited', 3000), 1);
      expect(wait).toBeGreaterThanOrEqual(3000);
      expect(wait).toBeLessThanOrEqual(3300);
    }
  });

  it('does not wait for a provider that asks for more than the longest wait', () => {
    expect(waitBeforeRetry(createRetryPolicy(1), failure('rate-limited', 3_600_000), 1)).toBeUndefined();
  });

  it('stops after the last try', () => {
    const policy = createRetryPolicy(1, { tries: 3 });
    expect(waitBeforeRetry(policy, failure('server-error'), 2)).toBeDefined();
    expect(waitBeforeRetry(policy, failure('server-error'), 3)).toBeUndefined();
  });

  it.each<EndpointFault>(['authentication', 'not-found', 'invalid-request', 'context-overflow'])(
    'never repeats what cannot come out differently: %s',
    (fault) => expect(waitBeforeRetry(createRetryPolicy(1), failure(fault), 1)).toBeUndefined(),
  );
});
