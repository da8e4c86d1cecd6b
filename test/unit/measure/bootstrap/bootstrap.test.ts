import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bootstrap } from '../../../../src/measure/bootstrap/bootstrap.ts';
import { percentileInterval } from '../../../../src/measure/bootstrap/percentile-interval.ts';
import { type ContenderSample, type Resample, seededResamples } from '../../../../src/measure/bootstrap/resample.ts';
import { mean, standardDeviation } from '../../../../src/measure/sample/moments.ts';

/** Attempts that know where they come from: task · 10 + attempt. */
const labelled = (contender: string, attempts: readonly number[]): ContenderSample<number> => ({
  contender,
  tasks: attempts.map((k, task) => Array.from({ length: k }, (_, attempt) => task * 10 + attempt)),
});
const taskOf = (label: number | undefined) => (label === undefined ? undefined : Math.floor(label / 10));
const rateOf = ([only = []]: Resample<number>) => mean(only.flat()) ?? Number.NaN;

test('every replicate draws as many tasks as there are, the same for all contenders, attempts within their task', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 12 }),
      fc.nat(),
      (attempts, seed) => {
        const samples = [labelled('a', attempts), labelled('b', attempts.toReversed())];
        for (const [first = [], second = []] of seededResamples(samples, { seed, replicates: 5 })) {
          expect(first).toHaveLength(attempts.length);
          for (const [place, drawn] of first.entries()) {
            const task = taskOf(drawn[0]) ?? Number.NaN;
            expect(drawn).toHaveLength(attempts[task] ?? -1);
            expect(drawn.every((label) => taskOf(label) === task)).toBe(true);
            expect(taskOf(second[place]?.[0])).toBe(task);
          }
        }
      },
    ),
  );
});

test('the same seed gives the same bytes, another seed others', () => {
  const samples = [labelled('fast', [3, 3, 3, 3, 3, 3]), labelled('flagship', [3, 2, 1, 3, 3, 3])];
  const run = (seed: number) => JSON.stringify(bootstrap(samples, (resample) => resample, { seed, replicates: 20 }));
  expect(run(1)).toBe(run(1));
  expect(run(1)).not.toBe(run(2));
});

test('a seed gives these very draws, on any machine', () => {
  const [replicate] = seededResamples([labelled('fast', [2, 2, 2, 2])], { seed: 42, replicates: 1 });
  expect(replicate).toEqual([
    [
      [30, 31],
      [20, 21],
      [0, 0],
      [1, 0],
    ],
  ]);
});

test('leaving a contender out, or naming them in another order, changes nothing for the others', () => {
  const [a, b, c] = [labelled('a', [3, 3, 3, 3]), labelled('b', [3, 3, 3, 3]), labelled('c', [3, 3, 3, 3])];
  const draws = (samples: readonly ContenderSample<number>[], index: number) =>
    Array.from(seededResamples(samples, { seed: 5, replicates: 10 }), (resample) => resample[index]);
  expect(draws([a, c], 1)).toEqual(draws([a, b, c], 2));
  expect(draws([c, a], 0)).toEqual(draws([a, b, c], 2));
  expect(draws([a, b], 0)).not.toEqual(draws([a, b], 1));
});

test('a task that a contender never attempted stays without attempts', () => {
  const samples = [labelled('a', [2, 0, 2]), labelled('b', [2, 2, 2])];
  for (const [first = [], second = []] of seededResamples(samples, { seed: 1, replicates: 20 })) {
    for (const [place, drawn] of first.entries()) expect(drawn.length === 0).toBe(taskOf(second[place]?.[0]) === 1);
  }
});

test('it enumerates where tasks have single attempts and are few, and says how it was made', () => {
  const single = bootstrap([labelled('a', [1, 1, 1])], rateOf, { seed: 3 });
  expect(single).toMatchObject({ method: 'enumerated', replicates: 27, seed: 3 });
  expect(single.values).toHaveLength(27);
  expect(bootstrap([labelled('a', [1, 2, 1])], rateOf, { seed: 3, replicates: 50 })).toMatchObject({
    method: 'seeded',
    replicates: 50,
  });
  expect(bootstrap([labelled('a', [1, 1, 1])], rateOf, { seed: 3, replicates: 26 })).toMatchObject({
    method: 'seeded',
  });
});

test('two stages spread as theory says: between tasks, and within them what resampling leaves of it', () => {
  const tasks = Array.from({ length: 30 }, (_, i) =>
    Array.from({ length: 4 }, (_, j) => ((i * 5 + j * j * 3) % 7 < 4 ? 1 : 0)),
  );
  const { values } = bootstrap([{ contender: 'a', tasks }], rateOf, { seed: 11, replicates: 4000 });
  const taskMeans = tasks.map((task) => mean(task) ?? 0);
  const between = mean(taskMeans.map((m) => (m - (mean(taskMeans) ?? 0)) ** 2)) ?? 0;
  const within = mean(tasks.map((task) => (mean(task.map((x) => (x - (mean(task) ?? 0)) ** 2)) ?? 0) / 4)) ?? 0;
  const expected = Math.sqrt((between + within) / 30);
  expect((standardDeviation(values) ?? 0) / expected).toBeGreaterThan(0.95);
  expect((standardDeviation(values) ?? 0) / expected).toBeLessThan(1.05);
});

test('contenders with other task lists cannot be joined', () => {
  expect(() => bootstrap([labelled('a', [1]), labelled('b', [1, 1])], rateOf, { seed: 1 })).toThrow(RangeError);
});

test('a percentile interval lies within the replicates, widens with confidence, and counts undefined ones', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 1 }), (values) => {
      const narrow = percentileInterval(values, 0.8);
      const wide = percentileInterval(values, 0.95);
      expect(wide?.low).toBeGreaterThanOrEqual(Math.min(...values));
      expect(wide?.low).toBeLessThanOrEqual(narrow?.low ?? -10);
      expect(wide?.high).toBeGreaterThanOrEqual(narrow?.high ?? 10);
    }),
  );
  expect(percentileInterval([1, undefined, 3, undefined], 0.95)).toMatchObject({ definedShare: 0.5 });
  expect(percentileInterval([undefined])).toBeUndefined();
  expect(percentileInterval([])).toBeUndefined();
});
