import fc from 'fast-check';
import jStat from 'jstat';
import { describe, expect, test } from 'vitest';
import { clopperPearsonInterval, jeffreysInterval } from '../../../../src/measure/interval/beta-intervals.ts';
import { wilsonInterval, wilsonScore } from '../../../../src/measure/interval/wilson.ts';
import { ruleOfThree, upperBoundAfterNone } from '../../../../src/measure/interval/zero-successes.ts';

const counts = fc
  .tuple(fc.integer({ min: 1, max: 600 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([trials, share]) => ({ trials, successes: Math.round(share * trials) }));
const confidence = fc.double({ min: 0.5, max: 0.999, noNaN: true });

describe.each([
  { name: 'Wilson', interval: wilsonInterval },
  { name: 'Clopper–Pearson', interval: clopperPearsonInterval },
  { name: 'Jeffreys', interval: jeffreysInterval },
])('$name', ({ interval }) => {
  test('contains the rate, stays within 0 and 1, and widens with confidence', () => {
    fc.assert(
      fc.property(counts, confidence, confidence, (count, a, b) => {
        const narrow = interval(count, Math.min(a, b));
        const wide = interval(count, Math.max(a, b));
        const rate = count.successes / count.trials;
        // At small counts and low confidence Jeffreys' interval may leave out a rate of 1/n: a known property (Brown et al. 2001).
        if (interval !== jeffreysInterval) {
          expect(narrow.low).toBeLessThanOrEqual(rate);
          expect(narrow.high).toBeGreaterThanOrEqual(rate);
        }
        expect(wide.low).toBeGreaterThanOrEqual(0);
        expect(wide.high).toBeLessThanOrEqual(1);
        expect(wide.low).toBeLessThanOrEqual(narrow.low + 1e-12);
        expect(wide.high).toBeGreaterThanOrEqual(narrow.high - 1e-12);
      }),
      { numRuns: 60 },
    );
  });

  test('mirrors when successes and failures swap', () => {
    fc.assert(
      fc.property(counts, ({ successes, trials }) => {
        const { low, high } = interval({ successes, trials });
        const mirrored = interval({ successes: trials - successes, trials });
        expect(low).toBeCloseTo(1 - mirrored.high, 10);
        expect(high).toBeCloseTo(1 - mirrored.low, 10);
      }),
      { numRuns: 60 },
    );
  });

  test('is exactly 0 below no success and exactly 1 above no failure', () => {
    for (const trials of [1, 7, 10, 89, 445]) {
      expect(interval({ successes: 0, trials }).low).toBe(0);
      expect(interval({ successes: trials, trials }).high).toBe(1);
    }
  });

  test('refuses counts that cannot be', () => {
    for (const count of [
      { successes: 1, trials: 0 },
      { successes: -1, trials: 3 },
      { successes: 4, trials: 3 },
    ]) {
      expect(() => interval(count)).toThrow(RangeError);
    }
  });
});

test('Clopper–Pearson covers at least as often as it says, at every rate', () => {
  const trials = 20;
  const intervals = Array.from({ length: trials + 1 }, (_, successes) => clopperPearsonInterval({ successes, trials }));
  for (let rate = 0.02; rate < 1; rate += 0.02) {
    let coverage = 0;
    for (const [k, { low, high }] of intervals.entries())
      if (low <= rate && rate <= high) coverage += jStat.binomial.pdf(k, trials, rate);
    expect(coverage).toBeGreaterThanOrEqual(0.95);
  }
});

test('Wilson from a rate and a fractional size lies between its whole neighbours; an infinite quantile says nothing', () => {
  const at = (size: number) => wilsonScore({ rate: 0.3, size, quantile: 2 });
  expect(at(10.5).low).toBeGreaterThan(at(10).low);
  expect(at(10.5).low).toBeLessThan(at(11).low);
  expect(wilsonScore({ rate: 0.3, size: 10, quantile: Number.POSITIVE_INFINITY })).toEqual({ low: 0, high: 1 });
});

test('the rule of three approximates the exact bound and lies above it', () => {
  for (const trials of [30, 100, 1000]) {
    expect(ruleOfThree(trials)).toBeGreaterThan(upperBoundAfterNone(trials));
    expect(ruleOfThree(trials) / upperBoundAfterNone(trials)).toBeLessThan(1.06);
  }
});
