import { normalCdf } from '../distribution/normal.ts';
import type { DifferenceInterval } from './difference.ts';

/**
 * Whether "not worse by more than the margin" is proven, refuted or open: pass if the one-sided lower bound of candidate − baseline is above
 * −margin, fail if the upper bound is below it, else inconclusive (Piaggio et al. 2012, CONSORT for non-inferiority). The margin is positive, in the
 * units of the difference.
 */
export function judgeNonInferiority(
  { lowerBound, upperBound }: Pick<DifferenceInterval, 'lowerBound' | 'upperBound'>,
  margin: number,
): 'pass' | 'fail' | 'inconclusive' {
  if (lowerBound > -margin) return 'pass';
  return upperBound < -margin ? 'fail' : 'inconclusive';
}

/** The large-sample test behind it: z = (difference + margin)/SE and its one-sided p-value P(Z ≥ z). */
export function nonInferiorityTest(
  { difference, standardError }: { readonly difference: number; readonly standardError: number },
  margin: number,
): { readonly z: number; readonly pValue: number } {
  const z = (difference + margin) / standardError;
  return { z, pValue: normalCdf(-z) };
}
