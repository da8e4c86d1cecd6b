import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pairedWaldInterval } from '../../../../src/measure/paired/discordance.ts';
import { newcombeInterval } from '../../../../src/measure/paired/newcombe.ts';
import { pairByTask } from '../../../../src/measure/paired/pair-by-task.ts';
import { passRateDifference } from '../../../../src/measure/paired/pass-rate-difference.ts';
import { tangoInterval, tangoWithQuantile } from '../../../../src/measure/paired/tango.ts';
import { taskDifference } from '../../../../src/measure/paired/task-difference.ts';
import { standardDeviation } from '../../../../src/measure/sample/moments.ts';

const count = fc.nat({ max: 80 });
const table = fc
  .record({ both: count, firstOnly: count, secondOnly: count, neither: count })
  .filter(({ both, firstOnly, secondOnly, neither }) => both + firstOnly + secondOnly + neither > 0);
const confidence = fc.double({ min: 0.6, max: 0.999, noNaN: true });
const score = fc.double({ min: 0, max: 1, noNaN: true });
const scores = fc.integer({ min: 2, max: 30 }).chain((n) => {
  const side = fc.array(score, { minLength: n, maxLength: n });
  return fc.record({ first: side, second: side });
});

function tango(t: { both: number; firstOnly: number; secondOnly: number; neither: number }, level: number) {
  return tangoInterval({ ...t, nPairs: t.both + t.firstOnly + t.secondOnly + t.neither }, level);
}

test.each([
  { name: 'Tango', interval: tango },
  { name: 'Newcombe', interval: newcombeInterval },
])(
  '$name: contains the difference, stays within ±1, widens with confidence, mirrors when the sides swap',
  ({ interval }) => {
    fc.assert(
      fc.property(table, confidence, confidence, (t, a, b) => {
        const narrow = interval(t, Math.min(a, b));
        const wide = interval(t, Math.max(a, b));
        const swapped = interval({ ...t, firstOnly: t.secondOnly, secondOnly: t.firstOnly }, Math.min(a, b));
        const difference = (t.firstOnly - t.secondOnly) / (t.both + t.firstOnly + t.secondOnly + t.neither);
        expect(narrow.low).toBeLessThanOrEqual(difference + 1e-12);
        expect(narrow.high).toBeGreaterThanOrEqual(difference - 1e-12);
        expect(wide.low).toBeLessThanOrEqual(narrow.low + 1e-9);
        expect(wide.high).toBeGreaterThanOrEqual(narrow.high - 1e-9);
        expect(wide.low).toBeGreaterThanOrEqual(-1 - 1e-12);
        expect(wide.high).toBeLessThanOrEqual(1 + 1e-12);
        expect(swapped.low).toBeCloseTo(-narrow.high, 7);
      }),
      { numRuns: 60 },
    );
  },
);

test('without a discordant pair Tango still doubts and Wald does not', () => {
  const counts = { firstOnly: 0, secondOnly: 0, nPairs: 89 };
  const z2 = 1.959963984540054 ** 2;
  expect(tangoInterval(counts).low).toBeCloseTo(-z2 / (89 + z2), 12);
  expect(tangoInterval(counts).high).toBeCloseTo(z2 / (89 + z2), 12);
  expect(pairedWaldInterval(counts)).toEqual({ low: 0, high: 0 });
  expect(tangoWithQuantile(counts, Number.POSITIVE_INFINITY)).toEqual({ low: -1, high: 1 });
});

test('an empty margin leaves Newcombe’s interval uncorrelated instead of undefined', () => {
  const { low, high } = newcombeInterval({ both: 10, firstOnly: 0, secondOnly: 0, neither: 0 });
  expect(low).toBeCloseTo(-high, 12);
  expect(high).toBeGreaterThan(0.2);
});

test('a paired difference swaps with its sides, and its parts keep Miller’s identity', () => {
  fc.assert(
    fc.property(scores, ({ first, second }) => {
      const forward = taskDifference(first, second);
      const backward = taskDifference(second, first);
      expect(backward?.difference).toBeCloseTo(-(forward?.difference ?? 0), 12);
      expect(backward?.lowerBound).toBeCloseTo(-(forward?.upperBound ?? 0), 10);
      expect(forward?.lowerBound).toBeGreaterThanOrEqual(forward?.low ?? 2);
      if (forward?.correlation === undefined) return;
      expect(Math.abs(forward.correlation)).toBeLessThanOrEqual(1);
      const error = (side: readonly number[]) => (standardDeviation(side) ?? 0) / Math.sqrt(side.length);
      const shared = 2 * forward.correlation * error(first) * error(second);
      expect(forward.unpairedStandardError ** 2 - shared).toBeCloseTo(forward.standardError ** 2, 9);
    }),
  );
});

test('a paired difference needs two tasks', () => {
  expect(taskDifference([1], [0])).toBeUndefined();
  expect(taskDifference([], [])).toBeUndefined();
});

test('pass rates are compared by Tango with one attempt a task, by t with several', () => {
  const first = [[1], [1], [0], [1], [1], [0]];
  const second = [[1], [0], [0], [1], [0], [1]];
  const single = passRateDifference(first, second);
  expect(single).toMatchObject({ nTasks: 6, method: 'tango' });
  expect([single?.low, single?.high]).toEqual(Object.values(tangoInterval({ firstOnly: 2, secondOnly: 1, nPairs: 6 })));

  const double = passRateDifference(
    first.map(([x = 0]) => [x, 1]),
    second.map(([x = 0]) => [x, 0]),
  );
  const means = taskDifference([1, 1, 0.5, 1, 1, 0.5], [0.5, 0, 0, 0.5, 0, 0.5]);
  expect(double).toMatchObject({ method: 'paired-t', low: means?.low, high: means?.high });
});

test('pass rates that differ nowhere, or everywhere alike, are not certain', () => {
  const same = Array.from({ length: 20 }, () => [1, 1, 0]);
  const equal = passRateDifference(same, same);
  expect(equal).toMatchObject({ difference: 0, method: 'tango-without-variation' });
  expect(equal?.low).toBeLessThan(-0.1);
  const shifted = passRateDifference(
    same,
    Array.from({ length: 20 }, () => [1, 0, 0]),
  );
  expect(shifted?.method).toBe('tango-without-variation');
  expect((shifted?.high ?? 0) - (shifted?.low ?? 0)).toBeGreaterThan(0.1);
  expect(passRateDifference([[1, 1]], [[0, 1]])).toMatchObject({ low: -1, high: 1 });
});

test('a task that one side did not attempt does not count', () => {
  const result = passRateDifference(
    [[1, 1], [], [0, 1]],
    [
      [0, 1],
      [1, 1],
      [1, 1],
    ],
  );
  expect(result).toMatchObject({ nTasks: 2, difference: 0 });
  expect(passRateDifference([[]], [[1]])).toBeUndefined();
  expect(() => passRateDifference([[1]], [])).toThrow(RangeError);
});

test('pairing by task keeps the common tasks and lists the others', () => {
  const result = pairByTask(
    new Map([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ]),
    new Map([
      ['c', 30],
      ['a', 10],
      ['d', 40],
    ]),
  );
  expect(result).toEqual({
    tasks: ['a', 'c'],
    first: [1, 3],
    second: [10, 30],
    onlyFirst: ['b'],
    onlySecond: ['d'],
    overlap: 0.5,
  });
  expect(pairByTask(new Map(), new Map()).overlap).toBeUndefined();
});
