import fc from 'fast-check';
import { expect, test } from 'vitest';
import { passAtK } from '../../../../src/measure/rate/pass-at-k.ts';
import { cascade } from '../../../../src/measure/what-if/cascade.ts';
import { retryOutlook, solvedWithin } from '../../../../src/measure/what-if/retry.ts';

const rate = fc.double({ min: 0, max: 1, noNaN: true });
const task = fc.record({ passRate: rate, time: fc.double({ min: 1, max: 900, noNaN: true }) });
const mean = (values: readonly number[]) => values.reduce((total, x) => total + x, 0) / values.length;

test('a cascade solves at least as much as either, and takes no less time than the fast one', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(task, task), { minLength: 1, maxLength: 20 }), (pairs) => {
      const fast = pairs.map(([first]) => first);
      const flagship = pairs.map(([, second]) => second);
      const result = cascade(fast, flagship);
      expect(result?.passRate).toBeGreaterThanOrEqual(mean(fast.map((t) => t.passRate)) - 1e-12);
      expect(result?.passRate).toBeGreaterThanOrEqual(mean(flagship.map((t) => t.passRate)) - 1e-12);
      expect(result?.passRate).toBeLessThanOrEqual(1 + 1e-12);
      expect(result?.time).toBeGreaterThanOrEqual(mean(fast.map((t) => t.time)) - 1e-9);
    }),
  );
  expect(cascade([], [])).toBeUndefined();
  expect(() => cascade([{ passRate: 1, time: 1 }], [])).toThrow(RangeError);
});

test('retries: one attempt is the rate itself, expectations grow with the cap', () => {
  fc.assert(
    fc.property(rate, fc.integer({ min: 1, max: 20 }), (passRate, maximumAttempts) => {
      const once = retryOutlook({ passRate, attemptTime: 10, maximumAttempts: 1 });
      const capped = retryOutlook({ passRate, attemptTime: 10, maximumAttempts });
      const more = retryOutlook({ passRate, attemptTime: 10, maximumAttempts: maximumAttempts + 1 });
      expect(once.successProbability).toBeCloseTo(passRate, 12);
      expect(once.expectedTime).toBeCloseTo(10, 6);
      expect(more.successProbability).toBeGreaterThanOrEqual(capped.successProbability);
      expect(more.expectedTime).toBeGreaterThanOrEqual(capped.expectedTime - 1e-6);
      expect(capped.expectedAttempts).toBeLessThanOrEqual(maximumAttempts * (1 + 1e-6));
    }),
  );
});

test('retries: a task that is never solved uses every attempt', () => {
  expect(retryOutlook({ passRate: 0, attemptTime: 100, maximumAttempts: 3 })).toEqual({
    successProbability: 0,
    expectedAttempts: 3,
    expectedTime: 300,
  });
});

test('pooling tasks that differ promises too much', () => {
  fc.assert(
    fc.property(fc.array(rate, { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 9 }), (rates, attempts) => {
      expect(solvedWithin([mean(rates)], attempts)).toBeGreaterThanOrEqual((solvedWithin(rates, attempts) ?? 2) - 1e-9);
    }),
  );
  expect(solvedWithin([], 3)).toBeUndefined();
});

test('the unbiased pass@k is above the plug-in formula', () => {
  const plugIn = solvedWithin([2 / 5], 2) ?? 0;
  expect(passAtK({ attempts: 5, resolved: 2 }, 2)).toBeGreaterThan(plugIn);
});
