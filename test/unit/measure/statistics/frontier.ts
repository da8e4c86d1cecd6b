import { expect, test } from 'vitest';
import { netBenefit, preferences } from '../../../../src/measure/frontier/acceptability.ts';
import { exclusiveHypervolumes, hypervolume } from '../../../../src/measure/frontier/hypervolume.ts';
import { marginalRates, mixingHull } from '../../../../src/measure/frontier/mixing-hull.ts';
import { attainableValue, dominanceGap, staircase } from '../../../../src/measure/frontier/staircase.ts';
import type { ExpectedValues } from '../../../support/expected-values.ts';

export function frontierChecks(expected: ExpectedValues): void {
  const given = expected.part('frontier_geometry').given<Record<string, [number, number]>>('points (seconds,acc)');
  const points = Object.entries(given).map(([name, [cost, value]]) => ({ name, cost, value }));
  const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);

  test('staircase, hull and what is under them', () => {
    const part = expected.part('frontier_geometry');
    const front = staircase(points);
    const hull = mixingHull(points);
    part.same('staircase_front', names(front));
    part.same('dominated', names(points.filter((point) => dominanceGap(point, points) !== undefined)));
    part.same('hull_front', names(hull));
    part.same('extendedly_dominated', names(front.filter((point) => !hull.includes(point))));
    const gap = dominanceGap(points.find(({ name }) => name === 'E') ?? { cost: 0, value: 0 }, points);
    part.agree('gap_of_E_to_frontier_at_same_time', gap?.value);
    expect(gap?.costRatio).toBe(500 / 400);
    const budgets = part.part('accuracy_at_budget_staircase');
    for (const key of budgets.keys()) budgets.same(key, attainableValue(points, Number(key)));
    const rates = part.part('ICER-like seconds per extra point along hull');
    for (const { from, to, costPerValue } of marginalRates(hull))
      rates.agree(`${from.name}->${to.name}`, costPerValue / 100);
  });

  test('hypervolumes', () => {
    const part = expected.part('frontier_geometry');
    part.agree('hv_staircase_ref(1000,0)', hypervolume(points, 1000));
    part.agree('hv_log_time_ref(1000,0)', hypervolume(points, 1000, Math.log));
    const front = staircase(points);
    const exclusive = exclusiveHypervolumes(front, 1000);
    for (const [i, { name }] of front.entries()) part.part('exclusive_hv').agree(name, exclusive[i]);
  });

  test('the best contender by willingness to wait', () => {
    const winners = expected.part('net_time_benefit').part('winner');
    const ranges = preferences(points);
    for (const key of winners.keys()) {
      const willingness = Number(key);
      const best = points.toSorted((a, b) => netBenefit(b, willingness) - netBenefit(a, willingness))[0];
      winners.same(key, best?.name);
      winners.same(key, ranges.findLast(({ from }) => from <= willingness)?.best.name);
    }
  });
}
