import { expect, test } from 'vitest';
import { benjaminiHochberg, holm } from '../../../../src/measure/multiplicity/adjusted-p.ts';
import {
  pairedRateDifference,
  pairedRateStandardError,
  pairedWaldInterval,
} from '../../../../src/measure/paired/discordance.ts';
import { mcNemar } from '../../../../src/measure/paired/mcnemar.ts';
import { newcombeInterval } from '../../../../src/measure/paired/newcombe.ts';
import { judgeNonInferiority, nonInferiorityTest } from '../../../../src/measure/paired/non-inferiority.ts';
import { signFlipTest } from '../../../../src/measure/paired/sign-flip.ts';
import { tangoInterval } from '../../../../src/measure/paired/tango.ts';
import { taskDifference } from '../../../../src/measure/paired/task-difference.ts';
import type { ExpectedValues } from '../../../support/expected-values.ts';
import { ends, parametersIn } from './parse.ts';

export function pairChecks(expected: ExpectedValues): void {
  test('forms of McNemar’s test', () => {
    const all = expected.part('mcnemar');
    for (const key of all.keys()) {
      const { b = 0, c = 0 } = parametersIn(key);
      const part = all.part(key);
      const result = mcNemar(b, c);
      part.agree('exact_p', result.exactP);
      part.agree('midp', result.midP);
      part.agree('chi2', result.chiSquared);
      part.agree('chi2_p', result.chiSquaredP);
      part.agree('chi2_cc', result.correctedChiSquared);
      part.agree('chi2_cc_p', result.correctedChiSquaredP);
    }
  });

  test('intervals of a difference of paired proportions', () => {
    const all = expected.part('paired_ci');
    for (const key of all.keys()) {
      const { a = 0, b = 0, c = 0, d = 0 } = parametersIn(key);
      const part = all.part(key);
      const counts = { firstOnly: b, secondOnly: c, nPairs: a + b + c + d };
      const wald = part.part('wald');
      wald.agree('diff', pairedRateDifference(counts));
      wald.agree('se', pairedRateStandardError(counts));
      wald.agree('ci', ends(pairedWaldInterval(counts)));
      part.agree('newcombe10', ends(newcombeInterval({ both: a, firstOnly: b, secondOnly: c, neither: d })));
      part.agree('tango', ends(tangoInterval(counts)));
      part.agree('tango_90 (=> one-sided 95)', ends(tangoInterval(counts, 0.9)));
    }
  });

  test('paired task means', () => {
    const part = expected.part('paired_task_means');
    const result = taskDifference(part.given<number[]>('A'), part.given<number[]>('B'));
    part.agree('diff', result?.difference);
    part.agree('se_paired', result?.standardError);
    part.agree('se_unpaired', result?.unpairedStandardError);
    part.agree('pearson_r', result?.correlation);
    part.agree('t95', ends(result));
    part.agree('t_one_sided_95_lower', result?.lowerBound);
  });

  test('the sign-flip test, by enumeration', () => {
    const part = expected.part('sign_flip_permutation_exact');
    const result = signFlipTest(part.given<number[]>('D'), { seed: 1 });
    expect(result.method).toBe('enumerated');
    part.same('count', result.extreme);
    part.same('total', result.looked);
    part.same('p_two_sided', result.pValue);
  });

  test('non-inferiority of paired proportions', () => {
    const all = expected.part('non_inferiority');
    for (const key of all.keys()) {
      const { b = 0, c = 0, n = 0, margin = 0 } = parametersIn(key);
      const part = all.part(key);
      const counts = { firstOnly: b, secondOnly: c, nPairs: n };
      const difference = pairedRateDifference(counts);
      const wald = pairedWaldInterval(counts, 0.9);
      const tango = tangoInterval(counts, 0.9);
      const test = nonInferiorityTest({ difference, standardError: pairedRateStandardError(counts) }, margin);
      const passes = ({ low, high }: { low: number; high: number }) =>
        judgeNonInferiority({ lowerBound: low, upperBound: high }, margin) === 'pass';
      part.agree('diff', difference);
      part.agree('margin', -margin);
      part.agree('lower95_one_sided_wald', wald.low);
      part.agree('lower95_one_sided_tango', tango.low);
      part.same('pass_wald', passes(wald));
      part.same('pass_tango', passes(tango));
      part.agree('z', test.z);
      part.agree('p', test.pValue);
    }
  });

  test('corrections for several tests', () => {
    const part = expected.part('multiplicity');
    const pValues = part.given<number[]>('p (Benjamini & Hochberg 1995 worked example)');
    const rejections = (adjusted: readonly number[]) => adjusted.filter((p) => p <= 0.05).length;
    part.agree('holm_adj', holm(pValues));
    part.agree('bh_adj', benjaminiHochberg(pValues));
    part.same('bonferroni_rejections_.05', rejections(pValues.map((p) => p * pValues.length)));
    part.same('holm_rejections', rejections(holm(pValues)));
    part.same('bh_rejections', rejections(benjaminiHochberg(pValues)));
  });
}
