import type { Interval } from '../interval/interval.ts';
import { quantileOfSorted } from '../sample/quantile.ts';

/** A percentile interval over the replicates in which the statistic was defined. */
export interface PercentileInterval extends Interval {
  /** Share of replicates in which it was; below 1, say so beside the interval. */
  readonly definedShare: number;
}

/**
 * Percentile interval of a bootstrap distribution (Efron 1979), with quantiles of type 7. Undefined replicates (a cost per solved task with none
 * solved) are counted, not used. Undefined without a defined replicate.
 */
export function percentileInterval(
  values: readonly (number | undefined)[],
  confidence = 0.95,
): PercentileInterval | undefined {
  const sorted = Float64Array.from(values.filter((value) => value !== undefined)).sort();
  const tail = (1 - confidence) / 2;
  const low = quantileOfSorted(sorted, tail);
  const high = quantileOfSorted(sorted, 1 - tail);
  return low === undefined || high === undefined
    ? undefined
    : { low, high, definedShare: sorted.length / values.length };
}
