import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clusteredQuantile } from '../../../../src/measure/sample/clustered-quantile.ts';
import { quantileInterval } from '../../../../src/measure/sample/quantile-interval.ts';

const apart = (values: readonly number[]) => values.map((value) => [value]);
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

test('a 95% upper bound of p95 needs 59 independent observations, and is then the largest', () => {
  expect(clusteredQuantile(apart(upTo(58)), 0.95)?.upperBound).toBe(Number.POSITIVE_INFINITY);
  expect(clusteredQuantile(apart(upTo(59)), 0.95)?.upperBound).toBe(59);
});

test('independent observations give the ends of the two-sided interval at twice the tail', () => {
  const values = upTo(100);
  const interval = quantileInterval(values, 0.5, 0.9);
  const bounds = clusteredQuantile(apart(values), 0.5, 0.95);
  expect([bounds?.lowerBound, bounds?.upperBound]).toEqual([interval?.low, interval?.high]);
});

test('clusters that say the same again and again are worth one observation each', () => {
  const repeated = upTo(58).map((value) => Array<number>(10).fill(value));
  expect(clusteredQuantile(repeated, 0.95)?.upperBound).toBe(Number.POSITIVE_INFINITY);
});

test('one cluster bounds nothing, none has no quantile', () => {
  expect(clusteredQuantile([[1, 2, 3]], 0.5)).toEqual({
    value: 2,
    lowerBound: Number.NEGATIVE_INFINITY,
    upperBound: Number.POSITIVE_INFINITY,
  });
  expect(clusteredQuantile([[], []], 0.5)).toBeUndefined();
});

test('the last rank stays inside the sample when the scale is no whole number', () => {
  // 54 observations worth 11: 11 × (54/11) is a little more than 54.
  for (let nClusters = 2; nClusters <= 40; nClusters += 1) {
    for (let size = 1; size <= 6; size += 1) {
      const sample = Array.from({ length: nClusters }, (_, i) =>
        Array.from({ length: 1 + ((i * size) % 6) }, (_, j) => i + j),
      );
      for (const q of [0.1, 0.5, 0.9, 0.95]) expect(() => clusteredQuantile(sample, q, 0.9)).not.toThrow();
    }
  }
});

test('the bounds enclose the value and widen with the confidence', () => {
  const clusters = fc.array(
    fc.array(
      fc.integer({ min: 0, max: 1e6 }).map((hundredths) => hundredths / 100),
      { minLength: 1, maxLength: 6 },
    ),
    {
      minLength: 2,
      maxLength: 40,
    },
  );
  fc.assert(
    fc.property(clusters, fc.constantFrom(0.1, 0.5, 0.9, 0.95), (sample, q) => {
      const [loose, strict] = [0.9, 0.99].map((confidence) => clusteredQuantile(sample, q, confidence));
      expect(loose?.lowerBound).toBeLessThanOrEqual(loose?.value ?? Number.NaN);
      expect(loose?.upperBound).toBeGreaterThanOrEqual(loose?.value ?? Number.NaN);
      expect(strict?.lowerBound).toBeLessThanOrEqual(loose?.lowerBound ?? Number.NaN);
      expect(strict?.upperBound).toBeGreaterThanOrEqual(loose?.upperBound ?? Number.NaN);
    }),
  );
});
