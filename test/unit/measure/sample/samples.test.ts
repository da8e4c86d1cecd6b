import fc from 'fast-check';
import jStat from 'jstat';
import { expect, test } from 'vitest';
import { elementAt } from '../../../../src/measure/sample/element-at.ts';
import {
  correlation,
  covariance,
  mean,
  standardDeviation,
  sum,
  variance,
} from '../../../../src/measure/sample/moments.ts';
import { median, quantile } from '../../../../src/measure/sample/quantile.ts';
import { quantileInterval } from '../../../../src/measure/sample/quantile-interval.ts';

const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const values = fc.array(value, { minLength: 2, maxLength: 60 });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const ranks = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

test('moments agree with jstat', () => {
  fc.assert(
    fc.property(values, (sample) => {
      expect(mean(sample)).toBeCloseTo(jStat.mean(sample), 6);
      const expected = jStat.variance(sample, true);
      expect(Math.abs((variance(sample) ?? 0) - expected)).toBeLessThanOrEqual(1e-9 * expected);
    }),
  );
  const x = [1, 2, 3, 5, 8];
  const y = [2, 1, 4, 4, 9];
  expect(correlation(x, y)).toBeCloseTo(jStat.corrcoeff(x, y), 12);
});

test('moments are undefined where the sample does not determine them', () => {
  expect(sum([])).toBe(0);
  expect(mean([])).toBeUndefined();
  expect(variance([1])).toBeUndefined();
  expect(standardDeviation([])).toBeUndefined();
  expect(correlation([1, 2], [3, 3])).toBeUndefined();
  expect(() => covariance([1, 2], [1])).toThrow(RangeError);
});

test('a quantile agrees with jstat, stays within the sample and grows with its level', () => {
  fc.assert(
    fc.property(values, share, share, (sample, q, other) => {
      const [low, high] = q < other ? [q, other] : [other, q];
      const below = quantile(sample, low) ?? Number.NaN;
      const above = quantile(sample, high) ?? Number.NaN;
      expect(below).toBeLessThanOrEqual(above);
      expect(below).toBeGreaterThanOrEqual(Math.min(...sample));
      expect(above).toBeLessThanOrEqual(Math.max(...sample));
      expect(below).toBeCloseTo(jStat.quantiles(sample, [low], 1, 1)[0] ?? Number.NaN, 6);
    }),
  );
});

test('a quantile does not reorder its sample, has none of nothing, and refuses levels outside 0…1', () => {
  const sample = [3, 1, 2];
  expect(median(sample)).toBe(2);
  expect(sample).toEqual([3, 1, 2]);
  expect(quantile([], 0.5)).toBeUndefined();
  expect(() => quantile([1], 1.5)).toThrow(RangeError);
});

test('a 95% interval for p95 needs 59 observations, one for p99 needs 299', () => {
  expect(quantileInterval(ranks(58), 0.95)).toBeUndefined();
  expect(quantileInterval(ranks(59), 0.95)?.high).toBe(59);
  expect(quantileInterval(ranks(298), 0.99)).toBeUndefined();
  expect(quantileInterval(ranks(299), 0.99)).toBeDefined();
  expect(quantileInterval([], 0.5)).toBeUndefined();
});

test('a quantile interval covers at least as often as it says and mirrors with the sample', () => {
  fc.assert(
    fc.property(fc.integer({ min: 8, max: 400 }), fc.double({ min: 0.02, max: 0.98, noNaN: true }), (n, q) => {
      const interval = quantileInterval(ranks(n), q);
      if (interval === undefined) return;
      expect(interval.coverage).toBeGreaterThanOrEqual(0.95 - 1e-12);
      expect(interval.lowerRank).toBeLessThan(interval.upperRank);
      const mirrored = quantileInterval(ranks(n), 1 - q);
      // 1 − (1 − q) is not always q: a rank may move by one where a tail is exactly used up.
      expect(Math.abs((mirrored?.lowerRank ?? 0) - (n + 1 - interval.upperRank))).toBeLessThanOrEqual(1);
    }),
  );
});

test('an index out of range is a bug, not a value', () => {
  expect(() => elementAt([1], 1)).toThrow(RangeError);
});
