import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wilsonInterval } from '../../../../src/measure/interval/wilson.ts';
import { curtail } from '../../../../src/measure/rate/curtailment.ts';
import { passRateInterval } from '../../../../src/measure/rate/pass-rate-interval.ts';
import { passRateTreatments } from '../../../../src/measure/rate/verdict-counts.ts';

const attempt = fc.constantFrom(0, 1);
const tasks = fc.array(fc.array(attempt, { maxLength: 6 }), { minLength: 1, maxLength: 40 });

test('the default interval contains the rate, widens with confidence, and counts between clusters and trials', () => {
  fc.assert(
    fc.property(tasks, (attempts) => {
      const result = passRateInterval(attempts);
      const wider = passRateInterval(attempts, { confidence: 0.99 });
      const flat = attempts.flat();
      if (result === undefined || wider === undefined) {
        expect(flat).toHaveLength(0);
        return;
      }
      expect(result.rate).toBeCloseTo(flat.filter((x) => x === 1).length / flat.length, 12);
      expect(result.low).toBeLessThanOrEqual(result.rate + 1e-12);
      expect(result.high).toBeGreaterThanOrEqual(result.rate - 1e-12);
      expect(wider.low).toBeLessThanOrEqual(result.low);
      expect(wider.high).toBeGreaterThanOrEqual(result.high);
      expect(result.nTasks).toBe(attempts.filter((task) => task.length > 0).length);
      expect(result.effectiveN).toBeGreaterThanOrEqual(result.nTasks);
      expect(result.effectiveN).toBeLessThanOrEqual(result.nTrials);
    }),
  );
});

test('it is exactly 0 and 1 at the ends, and wider than Wilson on trials', () => {
  const none = passRateInterval(Array.from({ length: 10 }, () => [0, 0, 0]));
  const all = passRateInterval(Array.from({ length: 10 }, () => [1, 1, 1]));
  expect(none).toMatchObject({ rate: 0, low: 0, effectiveN: 10, nTrials: 30 });
  expect(all).toMatchObject({ rate: 1, high: 1 });
  expect(none?.high).toBeGreaterThan(wilsonInterval({ successes: 0, trials: 10 }).high);
});

test('tasks that all have the same rate count as tasks, not as trials', () => {
  const attempts = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
    [1, 0, 0],
  ];
  expect(passRateInterval(attempts)?.effectiveN).toBe(4);
});

test('a single task says nothing about other tasks', () => {
  expect(passRateInterval([[1, 1, 0, 1]])).toMatchObject({ rate: 0.75, low: 0, high: 1 });
});

test('attempts of one task in any order, and tasks in any order, give the same interval', () => {
  const attempts = [
    [1, 0],
    [1, 1],
    [0, 0],
    [0, 1],
  ];
  expect(passRateInterval(attempts.map((task) => task.toReversed()).toReversed())).toEqual(passRateInterval(attempts));
});

test('grouping tasks by repository widens the interval when repositories differ, and says so', () => {
  const attempts = [
    [1, 1],
    [1, 1],
    [1, 1],
    [0, 0],
    [0, 0],
    [0, 1],
    [1, 0],
    [0, 1],
    [1, 1],
  ];
  const groups = ['a', 'a', 'a', 'b', 'b', 'b', 'c', 'c', 'c'];
  const byTask = passRateInterval(attempts);
  const byGroup = passRateInterval(attempts, { groups });
  expect(byGroup).toMatchObject({ nClusters: 3, nTasks: 9, method: 'wilson-effective-n-by-group' });
  expect(byTask).toMatchObject({ nClusters: 9, method: 'wilson-effective-n-by-task' });
  expect(byGroup?.low).toBeLessThan(byTask?.low ?? 0);
  expect(passRateInterval(attempts, { groups: attempts.map((_, i) => String(i)) })?.low).toBe(byTask?.low);
  expect(() => passRateInterval(attempts, { groups: ['a'] })).toThrow(RangeError);
});

test('without an attempt there is no rate', () => {
  expect(passRateInterval([])).toBeUndefined();
  expect(passRateInterval([[], []])).toBeUndefined();
});

test('the treatments of missing verdicts are in order, and undefined where nothing was judged', () => {
  const count = fc.nat({ max: 500 });
  fc.assert(
    fc.property(count, count, count, (resolved, unresolved, withoutVerdict) => {
      const treatments = passRateTreatments({ resolved, unresolved, withoutVerdict });
      if (resolved + unresolved + withoutVerdict === 0) {
        expect(treatments).toBeUndefined();
        return;
      }
      if (resolved + unresolved === 0) {
        expect(treatments?.excluded).toBeUndefined();
        return;
      }
      expect(treatments?.excluded).toBeGreaterThanOrEqual(treatments?.bounds.low ?? 2);
      expect(treatments?.excluded).toBeLessThanOrEqual(treatments?.bounds.high ?? -1);
      expect(treatments?.asFailure).toBe(treatments?.bounds.low);
    }),
  );
});

test('curtailment never contradicts what the remaining trials would say', () => {
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { minLength: 1, maxLength: 60 }),
      fc.nat(),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (outcomes, cut, rate) => {
        const goal = { rate, nTrials: outcomes.length };
        const count = (list: readonly boolean[]) => ({
          passed: list.filter((x) => x).length,
          failed: list.filter((x) => !x).length,
        });
        const early = curtail(goal, count(outcomes.slice(0, cut % outcomes.length)));
        const final = curtail(goal, count(outcomes));
        expect(final).not.toBe('undecided');
        if (early !== 'undecided') expect(early).toBe(final);
      },
    ),
  );
  expect(() => curtail({ rate: 0.5, nTrials: 1 }, { passed: 1, failed: 1 })).toThrow(RangeError);
});
