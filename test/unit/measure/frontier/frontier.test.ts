import fc from 'fast-check';
import { expect, test } from 'vitest';
import { acceptability, netBenefit, preferences } from '../../../../src/measure/frontier/acceptability.ts';
import { exclusiveHypervolumes, hypervolume } from '../../../../src/measure/frontier/hypervolume.ts';
import { marginalRates, mixingHull } from '../../../../src/measure/frontier/mixing-hull.ts';
import { dominates } from '../../../../src/measure/frontier/point.ts';
import { frontierProbabilities } from '../../../../src/measure/frontier/probabilities.ts';
import { attainableValue, dominanceGap, staircase } from '../../../../src/measure/frontier/staircase.ts';

// A coarse grid, so that ties and identical points are common.
const point = fc.record({
  cost: fc.integer({ min: 1, max: 12 }),
  value: fc.integer({ min: 0, max: 10 }).map((x) => x / 10),
});
const points = fc.array(point, { minLength: 1, maxLength: 12 });

test('the staircase is exactly the points that nobody dominates, rising on both axes', () => {
  fc.assert(
    fc.property(points, (all) => {
      const front = staircase(all);
      expect(front.length).toBeGreaterThan(0);
      for (const p of all) expect(front.includes(p)).toBe(!all.some((other) => dominates(other, p)));
      for (const [i, p] of front.slice(1).entries()) {
        const previous = front[i] ?? p;
        expect(p.cost).toBeGreaterThanOrEqual(previous.cost);
        expect(p.value).toBeGreaterThanOrEqual(previous.value);
      }
    }),
  );
});

test('what is attainable comes from the staircase alone and never falls with the budget', () => {
  fc.assert(
    fc.property(
      points,
      fc.double({ min: 0, max: 15, noNaN: true }),
      fc.double({ min: 0, max: 15, noNaN: true }),
      (all, a, b) => {
        expect(attainableValue(staircase(all), a)).toBe(attainableValue(all, a));
        expect(attainableValue(all, Math.min(a, b))).toBeLessThanOrEqual(attainableValue(all, Math.max(a, b)));
      },
    ),
  );
});

test('identical points both stay and do not dominate each other', () => {
  const twins = [
    { name: 'a', cost: 1, value: 0.5 },
    { name: 'b', cost: 1, value: 0.5 },
  ];
  expect(staircase(twins)).toEqual(twins);
  expect(mixingHull(twins)).toHaveLength(1);
});

test('exactly the dominated points have a gap, with something to gain on at least one axis', () => {
  fc.assert(
    fc.property(points, (all) => {
      const front = staircase(all);
      for (const p of all) {
        const gap = dominanceGap(p, all);
        expect(gap === undefined).toBe(front.includes(p));
        if (gap === undefined) continue;
        expect(gap.value).toBeGreaterThanOrEqual(0);
        expect(gap.costRatio).toBeGreaterThanOrEqual(1);
        expect(gap.value > 0 || gap.costRatio > 1).toBe(true);
      }
    }),
  );
});

test('the hull is part of the staircase, under a line of which no point lies above, with increasing marginal rates', () => {
  fc.assert(
    fc.property(points, (all) => {
      const hull = mixingHull(all);
      const rates = marginalRates(hull).map(({ costPerValue }) => costPerValue);
      expect(rates).toHaveLength(hull.length - 1);
      expect(rates.toSorted((a, b) => a - b)).toEqual(rates);
      for (const [i, from] of hull.slice(0, -1).entries()) {
        const to = hull[i + 1] ?? from;
        for (const p of all.filter(({ cost }) => cost >= from.cost && cost <= to.cost)) {
          const line = from.value + ((p.cost - from.cost) / (to.cost - from.cost)) * (to.value - from.value);
          expect(p.value).toBeLessThanOrEqual(line + 1e-12);
        }
      }
    }),
  );
});

test('a point on the line between two others is not a corner of the hull', () => {
  const line = [0.25, 0.5, 0.75].map((value) => ({ cost: value * 100, value }));
  expect(mixingHull(line)).toEqual([line[0], line[2]]);
});

test('the hypervolume is the area under the attainable value', () => {
  fc.assert(
    fc.property(points, fc.integer({ min: 1, max: 15 }), (all, limit) => {
      // Costs are whole numbers, so the steps are whole too.
      let area = 0;
      for (let budget = 0; budget < limit; budget++) area += attainableValue(all, budget);
      expect(hypervolume(all, limit)).toBeCloseTo(area, 10);
      for (const [i, lost] of exclusiveHypervolumes(all, limit).entries()) {
        expect(lost).toBeGreaterThanOrEqual(-1e-12);
        if (dominanceGap(all[i] ?? { cost: 0, value: 0 }, all) !== undefined) expect(lost).toBeCloseTo(0, 12);
      }
    }),
  );
});

test('a dominated stand-in softens the loss of a frontier point', () => {
  const all = [
    { cost: 400, value: 0.6 },
    { cost: 500, value: 0.58 },
  ];
  expect(exclusiveHypervolumes(all, 900)[0]).toBeCloseTo(0.6 * 500 - 0.58 * 400, 12);
  expect(exclusiveHypervolumes(staircase(all), 900)[0]).toBeCloseTo(0.6 * 500, 12);
});

test('preferences name a point of highest net benefit for any willingness to wait', () => {
  fc.assert(
    fc.property(points, fc.double({ min: 0, max: 300, noNaN: true }), (all, lambda) => {
      const chosen = preferences(all).findLast(({ from }) => from <= lambda)?.best ?? { cost: 0, value: 0 };
      const best = Math.max(...all.map((p) => netBenefit(p, lambda)));
      expect(netBenefit(chosen, lambda)).toBeCloseTo(best, 9);
    }),
  );
  expect(preferences([])).toEqual([]);
});

test('acceptability shares add up to 1 where somebody has a point, and ties are shared', () => {
  const replicate = fc.array(fc.option(point, { nil: undefined }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(
      fc.array(replicate, { minLength: 1, maxLength: 20 }),
      fc.double({ min: 0, max: 100, noNaN: true }),
      (replicates, lambda) => {
        const [shares = []] = acceptability(replicates, [lambda]);
        const populated = replicates.filter((points) => points.some((p) => p !== undefined)).length;
        expect(shares.reduce((total, share) => total + share, 0)).toBeCloseTo(populated / replicates.length, 12);
      },
    ),
  );
  const tie = [
    { cost: 1, value: 0 },
    { cost: 2, value: 0.1 },
  ];
  expect(acceptability([tie], [0, 10, 100])).toEqual([
    [1, 0],
    [0.5, 0.5],
    [0, 1],
  ]);
});

test('probabilities follow from membership and domination in each replicate', () => {
  const replicate = fc.array(fc.option(point, { nil: undefined }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(fc.array(replicate, { minLength: 1, maxLength: 20 }), (replicates) => {
      const result = frontierProbabilities(replicates);
      for (const i of [0, 1, 2]) {
        const members = replicates.filter((points) => {
          const p = points[i];
          return p !== undefined && staircase(points.filter((other) => other !== undefined)).includes(p);
        });
        expect(result?.onFrontier[i]).toBeCloseTo(members.length / replicates.length, 12);
        expect(result?.dominates[i]?.[i]).toBe(0);
      }
    }),
  );
  expect(frontierProbabilities([])).toBeUndefined();
});
