import { expect, test } from 'vitest';
import { ratioEstimate, ratioOfSums } from '../../../../src/measure/ratio/ratio-of-sums.ts';
import { speedUp } from '../../../../src/measure/ratio/speed-up.ts';
import { mean, sum } from '../../../../src/measure/sample/moments.ts';
import { median, quantile } from '../../../../src/measure/sample/quantile.ts';
import { quantileInterval } from '../../../../src/measure/sample/quantile-interval.ts';
import { cumulativeIncidence, restrictedMeanTime } from '../../../../src/measure/survival/cumulative-incidence.ts';
import { kaplanMeier, medianSurvival } from '../../../../src/measure/survival/kaplan-meier.ts';
import { valueAt } from '../../../../src/measure/survival/step-curve.ts';
import { penalizedMeanTime, timePerSolved } from '../../../../src/measure/survival/time-per-solved.ts';
import type { TimedOutcome } from '../../../../src/measure/survival/time-table.ts';
import type { ExpectedValues } from '../../../support/expected-values.ts';
import { ends } from './parse.ts';

/** Weeks in remission under 6-MP, negative where censored (Freireich et al. 1963). */
const REMISSIONS = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35];

const OUTCOMES: Record<string, TimedOutcome['outcome']> = {
  solved: 'event',
  failed: 'competing',
  aborted: 'censored',
  timeout: 'censored',
};

export function timeChecks(expected: ExpectedValues): void {
  const given = expected.part('solved_by_t').given<[number, string][]>('trials');
  const timed = (list: readonly [number, string][]) =>
    list.map(([time, how]): TimedOutcome => ({ time, outcome: OUTCOMES[how] ?? 'censored' }));
  const judged = given.filter(([, how]) => how !== 'aborted');
  const pairs = (steps: readonly { time: number; value: number }[]) => steps.map(({ time, value }) => [time, value]);

  test('Kaplan–Meier on the remission data', () => {
    const part = expected.part('kaplan_meier_freireich_6MP');
    const curve = kaplanMeier(
      REMISSIONS.map((weeks): TimedOutcome => ({ time: Math.abs(weeks), outcome: weeks > 0 ? 'event' : 'censored' })),
    );
    const table = part.part('table');
    expect(curve.steps).toHaveLength(part.given<[]>('table').length);
    for (const [i, step] of curve.steps.entries()) {
      const row = table.part(String(i));
      row.same('t', step.time);
      row.same('at_risk', step.atRisk);
      row.same('events', step.events);
      row.agree('S', step.value);
      row.agree('greenwood_se', step.standardError);
    }
    part.same('median', medianSurvival(curve));
  });

  test('solved by time', () => {
    const part = expected.part('solved_by_t');
    part.agree('aalen_johansen_CIF_solved', pairs(cumulativeIncidence(timed(given)).steps));
    const wrong = kaplanMeier(timed(given)).steps.map(({ time, value }) => ({ time, value: 1 - value }));
    part.agree('WRONG_1_minus_KM_censoring_failures', pairs(wrong));
    const plain = cumulativeIncidence(timed(judged));
    const times = part.given<[number, number][]>('ecdf_excluding_aborted').map(([time]) => time);
    part.agree(
      'ecdf_excluding_aborted',
      times.map((time) => [time, valueAt(plain, time)]),
    );
  });

  test('summaries of time', () => {
    const part = expected.part('cost_like_metrics');
    const trials = judged.map(([time, how]) => ({ time, resolved: how === 'solved' }));
    const solved = trials.filter(({ resolved }) => resolved);
    expect(part.given('trials')).toMatch(`${trials.length} non-aborted`);
    part.agree('ERT = total_time/solved', timePerSolved(trials));
    part.agree('PAR2 (unsolved = 2*limit 600)', penalizedMeanTime(trials, 600));
    part.agree('mean_time_solved_only (survivor-biased)', mean(solved.map(({ time }) => time)));
    part.agree('RMST to 600 (mean min(T_solve,600))', restrictedMeanTime(cumulativeIncidence(timed(judged)), 600));
    part.agree('median_time_all (type7)', median(trials.map(({ time }) => time)));
  });

  test('quantiles and their intervals', () => {
    const part = expected.part('quantile_type7');
    const x = part.given<number[]>('x');
    for (const key of ['p40', 'p50', 'p90', 'p95']) part.agree(key, quantile(x, Number(key.slice(1)) / 100));
    const nearestRank = (share: number) => x.toSorted((a, b) => a - b)[Math.ceil(share * x.length) - 1];
    part.same('nearest_rank_p40', nearestRank(0.4));
    part.same('nearest_rank_p95', nearestRank(0.95));

    const order = expected.part('median_order_stat_ci');
    const values = order.given<number[]>('x');
    const interval = quantileInterval(values, 0.5);
    order.agree('median', median(values));
    order.agree('(lower_rank,upper_rank,lo,hi,exact_coverage)', [
      interval?.lowerRank,
      interval?.upperRank,
      ...ends(interval),
      interval?.coverage,
    ]);
  });

  test('speed-ups and rates', () => {
    const part = expected.part('speedup');
    const slow = part.given<number[]>('flag_s');
    const fast = part.given<number[]>('fast_s');
    part.agree('geometric_mean', speedUp(slow, fast)?.ratio);
    part.agree('t95', ends(speedUp(slow, fast)));
    part.agree('ratio_of_means', ratioOfSums(slow, fast));
    part.agree('mean_of_ratios', mean(slow.map((time, i) => time / (fast[i] ?? 0))));

    const throughput = expected.part('throughput');
    const tokens = throughput.given<number[]>('output_tokens');
    const seconds = throughput.given<number[]>('decode_seconds');
    const rates = tokens.map((count, i) => count / (seconds[i] ?? 0));
    throughput.agree('ratio_of_sums', ratioOfSums(tokens, seconds));
    throughput.agree('mean_of_ratios', mean(rates));
    throughput.agree('harmonic (per-token mean)', sum(tokens) / sum(tokens.map((count, i) => count / (rates[i] ?? 0))));

    const decode = expected.part('decode_rate_excluding_ttft');
    const [ttft, total, count] = [
      decode.given<number>('ttft_s'),
      decode.given<number>('total_s'),
      decode.given<number>('out_tokens'),
    ];
    decode.agree('decode_tps=(n-1)/(total-ttft)', ratioOfSums([count - 1], [total - ttft]));
    decode.agree('end_to_end_tps=n/total', ratioOfSums([count], [total]));
    decode.agree('tpot_ms', ratioOfSums([1000 * (total - ttft)], [count - 1]));
  });

  test('cost per solved task', () => {
    const part = expected.part('cost_per_solved');
    const estimate = ratioEstimate(part.given<number[]>('cost_usd'), part.given<number[]>('solved'));
    part.agree('ratio', estimate?.ratio);
    part.agree('delta_se', estimate?.deltaStandardError);
    part.part('jackknife').agree('mean', estimate?.jackknife?.mean);
    part.part('jackknife').agree('se', estimate?.jackknife?.standardError);
  });
}
