import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crossing, leadChanges } from '../../../../src/measure/survival/crossing.ts';
import { cumulativeIncidence, restrictedMeanTime } from '../../../../src/measure/survival/cumulative-incidence.ts';
import { kaplanMeier, medianSurvival } from '../../../../src/measure/survival/kaplan-meier.ts';
import { areaUpTo, type StepCurve, valueAt } from '../../../../src/measure/survival/step-curve.ts';
import { penalizedMeanTime, timePerSolved } from '../../../../src/measure/survival/time-per-solved.ts';
import type { TimedOutcome } from '../../../../src/measure/survival/time-table.ts';

const time = fc.integer({ min: 1, max: 20 });
const observations = (...outcomes: TimedOutcome['outcome'][]) =>
  fc.array(fc.record({ time, outcome: fc.constantFrom(...outcomes) }), { minLength: 1, maxLength: 40 });
const curve = (...pairs: [number, number][]): StepCurve => ({
  initial: 0,
  steps: pairs.map(([at, value]) => ({ time: at, value })),
});

test('survival starts at 1 and never rises', () => {
  fc.assert(
    fc.property(observations('event', 'competing', 'censored'), (list) => {
      let before = 1;
      for (const { value, standardError } of kaplanMeier(list).steps) {
        expect(value).toBeLessThan(before);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(standardError).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(standardError)).toBe(true);
        before = value;
      }
    }),
  );
});

test('without censoring the curves are plain shares', () => {
  fc.assert(
    fc.property(observations('event', 'competing'), time, (list, t) => {
      const share = (outcome: string) => list.filter((o) => o.outcome === outcome && o.time <= t).length / list.length;
      expect(valueAt(cumulativeIncidence(list), t)).toBeCloseTo(share('event'), 12);
      const all = list.map((o): TimedOutcome => ({ ...o, outcome: 'event' }));
      expect(valueAt(kaplanMeier(all), t)).toBeCloseTo(1 - share('event') - share('competing'), 12);
    }),
  );
});

test('event, competing outcome and neither always add up to everyone', () => {
  const swap = { event: 'competing', competing: 'event', censored: 'censored' } as const;
  fc.assert(
    fc.property(observations('event', 'competing', 'censored'), time, (list, t) => {
      const events = valueAt(cumulativeIncidence(list), t);
      const competing = valueAt(cumulativeIncidence(list.map((o) => ({ ...o, outcome: swap[o.outcome] }))), t);
      const neither = valueAt(
        kaplanMeier(list.map((o) => (o.outcome === 'competing' ? { ...o, outcome: 'event' as const } : o))),
        t,
      );
      expect(events + competing + neither).toBeCloseTo(1, 12);
    }),
  );
});

test('one minus Kaplan–Meier never claims less than the cumulative incidence', () => {
  fc.assert(
    fc.property(observations('event', 'competing', 'censored'), time, (list, t) => {
      expect(1 - valueAt(kaplanMeier(list), t)).toBeGreaterThanOrEqual(valueAt(cumulativeIncidence(list), t) - 1e-12);
    }),
  );
});

test('the restricted mean is the mean of min(T, h), and the area under survival is the same', () => {
  fc.assert(
    fc.property(observations('event'), time, (list, horizon) => {
      const expected = list.reduce((total, o) => total + Math.min(o.time, horizon), 0) / list.length;
      expect(restrictedMeanTime(cumulativeIncidence(list), horizon)).toBeCloseTo(expected, 10);
      expect(areaUpTo(kaplanMeier(list), horizon)).toBeCloseTo(expected, 10);
    }),
  );
});

test('a curve without half of the events has no median; nobody at all gives a flat curve', () => {
  expect(
    medianSurvival(
      kaplanMeier([
        { time: 1, outcome: 'event' },
        { time: 2, outcome: 'censored' },
        { time: 2, outcome: 'censored' },
      ]),
    ),
  ).toBeUndefined();
  expect(cumulativeIncidence([])).toEqual({ initial: 0, steps: [] });
  expect(valueAt(kaplanMeier([]), 5)).toBe(1);
});

test('a value holds from its step on', () => {
  const steps = curve([2, 0.5], [4, 0.75]);
  expect([0, 1.999, 2, 3, 4, 100].map((t) => valueAt(steps, t))).toEqual([0, 0, 0.5, 0.5, 0.75, 0.75]);
});

test('the lead passes when the slower one overtakes for good', () => {
  const fast = curve([1, 0.2], [2, 0.4], [3, 0.5]);
  const flagship = curve([2, 0.1], [4, 0.5], [6, 0.6]);
  expect(leadChanges(fast, flagship)).toEqual([
    { time: 1, leader: 'first' },
    { time: 6, leader: 'second' },
  ]);
  expect(crossing(fast, flagship)).toEqual({ time: 6, leader: 'second' });
  expect(crossing(flagship, fast)).toEqual({ time: 6, leader: 'first' });
});

test('a lead that never changes hands has no crossing, and a tie is not a lead', () => {
  const ahead = curve([1, 0.2], [5, 0.6]);
  expect(crossing(ahead, curve([2, 0.2], [6, 0.6]))).toBeUndefined();
  expect(crossing(ahead, ahead)).toBeUndefined();
  expect(leadChanges(ahead, ahead)).toEqual([]);
});

test('several changes of lead are all listed; the last is the crossing', () => {
  const first = curve([1, 0.1], [3, 0.3], [5, 0.4]);
  const second = curve([2, 0.2], [4, 0.35], [6, 0.5]);
  expect(leadChanges(first, second).map(({ time: at }) => at)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(crossing(first, second)).toEqual({ time: 6, leader: 'second' });
});

test('time per solved is undefined, not 0, when nothing was solved', () => {
  expect(timePerSolved([{ time: 10, resolved: false }])).toBeUndefined();
  expect(
    timePerSolved([
      { time: 10, resolved: false },
      { time: 20, resolved: true },
    ]),
  ).toBe(30);
  expect(penalizedMeanTime([], 60)).toBeUndefined();
  expect(
    penalizedMeanTime(
      [
        { time: 10, resolved: true },
        { time: 60, resolved: false },
      ],
      60,
      10,
    ),
  ).toBe(305);
});
