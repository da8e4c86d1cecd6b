import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ratioEstimate, ratioInterval, ratioOfSums } from '../../../../src/measure/ratio/ratio-of-sums.ts';
import { speedUp } from '../../../../src/measure/ratio/speed-up.ts';

const positive = fc.double({ min: 0.1, max: 1000, noNaN: true });
const pairs = fc.integer({ min: 2, max: 30 }).chain((n) => {
  const side = fc.array(positive, { minLength: n, maxLength: n });
  return fc.record({ slow: side, fast: side });
});

test('a speed-up says the same in both directions and does not depend on the unit', () => {
  fc.assert(
    fc.property(pairs, positive, ({ slow, fast }, unit) => {
      const forward = speedUp(slow, fast);
      const backward = speedUp(fast, slow);
      const scaled = speedUp(
        slow.map((t) => t * unit),
        fast.map((t) => t * unit),
      );
      expect((forward?.ratio ?? 0) * (backward?.ratio ?? 0)).toBeCloseTo(1, 9);
      expect((forward?.low ?? 0) * (backward?.high ?? 0)).toBeCloseTo(1, 6);
      expect((scaled?.ratio ?? 0) / (forward?.ratio ?? 1)).toBeCloseTo(1, 9);
      expect(forward?.low).toBeLessThanOrEqual(forward?.lowerBound ?? 0);
      expect(forward?.lowerBound).toBeLessThanOrEqual((forward?.ratio ?? 0) * (1 + 1e-12));
    }),
  );
});

test('a constant speed-up is found exactly; one task does not make an interval', () => {
  expect(speedUp([10, 20, 40], [1, 2, 4])).toMatchObject({ nTasks: 3 });
  expect(speedUp([10, 20, 40], [1, 2, 4])?.ratio).toBeCloseTo(10, 12);
  expect(speedUp([10], [1])).toBeUndefined();
  expect(() => speedUp([10, 0], [1, 1])).toThrow(RangeError);
  expect(() => speedUp([10], [1, 1])).toThrow(RangeError);
});

test('a ratio of sums lies between the smallest and the largest ratio', () => {
  fc.assert(
    fc.property(pairs, ({ slow, fast }) => {
      const ratios = slow.map((x, i) => x / (fast[i] ?? 1));
      const total = ratioOfSums(slow, fast) ?? Number.NaN;
      expect(total).toBeGreaterThanOrEqual(Math.min(...ratios) * (1 - 1e-12));
      expect(total).toBeLessThanOrEqual(Math.max(...ratios) * (1 + 1e-12));
    }),
  );
  expect(() => ratioOfSums([1], [])).toThrow(RangeError);
});

test('cost per solved is undefined with none solved, and without an error where one task carries it all', () => {
  expect(ratioEstimate([1, 2], [0, 0])).toBeUndefined();
  const carried = ratioEstimate([1, 2, 3], [0, 2, 0]);
  expect(carried).toMatchObject({ ratio: 3, jackknife: undefined });
  const single = ratioEstimate([3], [2]);
  expect(single).toMatchObject({ ratio: 1.5, deltaStandardError: undefined, jackknife: undefined });
  expect(single && ratioInterval(single)).toBeUndefined();
});

test('with a constant denominator the errors are those of a mean', () => {
  const estimate = ratioEstimate([1, 2, 3, 6], [1, 1, 1, 1]);
  const error = Math.sqrt(14 / 3 / 4);
  expect(estimate?.deltaStandardError).toBeCloseTo(error, 12);
  expect(estimate?.jackknife?.standardError).toBeCloseTo(error, 12);
  const interval = estimate && ratioInterval(estimate);
  expect((interval?.high ?? 0) - 3).toBeCloseTo(3.182446305 * error, 8);
});
