import { test } from 'vitest';
import { clusteredMean, clusteredMeanInterval } from '../../../../src/measure/cluster/clustered-mean.ts';
import { binaryVariances, plannedStandardError } from '../../../../src/measure/cluster/planned-error.ts';
import { designEffect, varianceComponents } from '../../../../src/measure/cluster/variance-components.ts';
import { twoSidedZ } from '../../../../src/measure/distribution/normal.ts';
import { wilsonScore } from '../../../../src/measure/interval/wilson.ts';
import { curtail } from '../../../../src/measure/rate/curtailment.ts';
import { meanPassAtK, meanPassHatK, passAtK, passHatK } from '../../../../src/measure/rate/pass-at-k.ts';
import { passRateInterval } from '../../../../src/measure/rate/pass-rate-interval.ts';
import { passRateTreatments } from '../../../../src/measure/rate/verdict-counts.ts';
import { mean, standardDeviation, sum } from '../../../../src/measure/sample/moments.ts';
import { retryOutlook } from '../../../../src/measure/what-if/retry.ts';
import type { ExpectedValues } from '../../../support/expected-values.ts';
import { ends, numbersIn, parametersIn } from './parse.ts';

export function clusterChecks(expected: ExpectedValues): void {
  const data = expected.part('clustered').given<number[][]>('data');
  const flat = data.flat();

  test('standard errors and variance components of clustered trials', () => {
    const part = expected.part('clustered');
    const estimate = clusteredMean(data);
    const components = varianceComponents(data);
    const inflation = designEffect(components?.intraClusterCorrelation ?? Number.NaN, 4);
    part.agree('mean', estimate?.mean);
    part.agree('se_naive_iid', Math.sqrt((0.5416666666666666 * (1 - 0.5416666666666666)) / flat.length));
    part.agree('se_task_means', (standardDeviation(data.map((task) => mean(task) ?? 0)) ?? 0) / Math.sqrt(data.length));
    part.agree('se_clustered_uncorrected', estimate?.uncorrectedStandardError);
    part.agree('se_clustered_C_over_C_minus_1', estimate?.standardError);
    part.agree('MSB', components?.meanSquareBetween);
    part.agree('MSW', components?.meanSquareWithin);
    part.agree('icc_anova', components?.intraClusterCorrelation);
    part.agree('design_effect', inflation);
    part.agree('n_effective', flat.length / inflation);
    part.agree('var_between_tasks', components?.between);
    part.agree('var_within_task', components?.within);
    part.agree('t95_ci', estimate && ends(clusteredMeanInterval(estimate)));
  });

  test('planned standard errors', () => {
    const part = expected.part('two_stage_se');
    const design = { nTasks: 89, ...binaryVariances(0.773, 0.6) };
    const byAttempts = part.part('p=.773,icc=.6,n=89');
    for (const key of byAttempts.keys()) {
      byAttempts.agree(key, plannedStandardError({ ...design, attempts: parametersIn(key).K ?? 0 }));
    }
    part.agree('K=inf floor', plannedStandardError({ ...design, attempts: Number.POSITIVE_INFINITY }));
    part.agree(
      'naive 445 iid trials',
      plannedStandardError({ nTasks: 445, attempts: 1, ...binaryVariances(0.773, 0) }),
    );
  });

  test('Wilson on the effective number of trials', () => {
    const part = expected.part('wilson_effective_n');
    const { rate = 0, effectiveN = 0 } = passRateInterval(data) ?? {};
    part.agree('n_eff', effectiveN);
    part.agree('ci95_with_z', ends(wilsonScore({ rate, size: effectiveN, quantile: twoSidedZ(0.95) })));
  });

  test('pass@k and pass^k of one task', () => {
    const all = expected.part('pass_k');
    for (const key of all.keys()) {
      const [attempts = 0, resolved = 0, k = 0] = numbersIn(key);
      const part = all.part(key);
      part.agree('pass@k', passAtK({ attempts, resolved }, k));
      part.agree('pass^k', passHatK({ attempts, resolved }, k));
      const biased = retryOutlook({ passRate: resolved / attempts, attemptTime: 1, maximumAttempts: k });
      part.agree('biased 1-(1-p)^k', biased.successProbability);
    }
  });

  test('pass@k and pass^k of a suite', () => {
    const part = expected.part('pass_k_suite');
    const tasks = data.map((attempts) => ({ attempts: attempts.length, resolved: sum(attempts) }));
    part.agree('pass@2', meanPassAtK(tasks, 2));
    part.agree('pass^2', meanPassHatK(tasks, 2));
    part.agree('pass@4 (=any solved)', meanPassAtK(tasks, 4));
    part.agree('pass^4 (=all solved)', meanPassHatK(tasks, 4));
  });

  test('trials without a verdict, three ways', () => {
    const all = expected.part('error_treatment');
    for (const key of all.keys()) {
      const part = all.part(key);
      const counts = {
        resolved: part.given<number>('pass'),
        unresolved: part.given<number>('fail'),
        withoutVerdict: part.given<number>('errored'),
      };
      const treatments = passRateTreatments(counts);
      part.agree('as_failure', treatments?.asFailure);
      part.agree('excluded', treatments?.excluded);
      part.agree('bounds', ends(treatments?.bounds));
    }
  });

  test('deterministic curtailment', () => {
    const part = expected.part('curtailment').part('need>=0.60 of 100');
    for (const key of part.keys()) {
      const [passed = 0, failed = 0] = numbersIn(key);
      part.same(key, curtail({ rate: 0.6, nTrials: 100 }, { passed, failed }));
    }
  });
}
