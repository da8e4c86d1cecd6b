import { test } from 'vitest';
import { normalQuantile, twoSidedZ } from '../../../../src/measure/distribution/normal.ts';
import { studentTQuantile } from '../../../../src/measure/distribution/student-t.ts';
import { probabilityBetter } from '../../../../src/measure/independent/probability-better.ts';
import { clopperPearsonInterval, jeffreysInterval } from '../../../../src/measure/interval/beta-intervals.ts';
import type { Interval } from '../../../../src/measure/interval/interval.ts';
import { wilsonInterval } from '../../../../src/measure/interval/wilson.ts';
import { ruleOfThree, upperBoundAfterNone } from '../../../../src/measure/interval/zero-successes.ts';
import type { ExpectedValues } from '../../../support/expected-values.ts';
import { ends, numbersIn } from './parse.ts';

export function proportionChecks(expected: ExpectedValues): void {
  test('quantiles of the normal and t distributions', () => {
    const part = expected.part('quantiles');
    for (const key of part.keys()) {
      const [p = 0, degreesOfFreedom] = numbersIn(key);
      part.agree(key, degreesOfFreedom === undefined ? normalQuantile(p) : studentTQuantile(p, degreesOfFreedom));
    }
  });

  test('95% intervals of one proportion', () => {
    const all = expected.part('proportion_95');
    for (const key of all.keys()) {
      const [successes = 0, trials = 0] = numbersIn(key);
      const count = { successes, trials };
      const part = all.part(key);
      part.agree('wilson', ends(wilsonInterval(count)));
      part.agree('clopper_pearson', ends(clopperPearsonInterval(count)));
      part.agree('jeffreys', ends(jeffreysInterval(count)));
      part.agree('wald_DO_NOT_USE', ends(wald(successes / trials, trials)));
    }
  });

  test('the upper bound after no success', () => {
    const part = expected.part('rule_of_three');
    part.agree('0/89_upper95_one_sided_exact', upperBoundAfterNone(89));
    part.agree('approx_3_over_n', ruleOfThree(89));
  });

  test('the posterior probability that one rate is higher', () => {
    const part = expected.part('bayes_p_b_gt_a');
    const a = { successes: 45, trials: 89 };
    part.agree('A 45/89, B 50/89, uniform priors', probabilityBetter({ successes: 50, trials: 89 }, a));
    part.agree('A=B 45/89', probabilityBetter(a, a));
  });
}

/** The textbook interval that the project does not offer. */
function wald(rate: number, n: number): Interval {
  const reach = twoSidedZ(0.95) * Math.sqrt((rate * (1 - rate)) / n);
  return { low: rate - reach, high: rate + reach };
}
