import { quantile } from '../../measure/sample/quantile.ts';
import { quantileInterval } from '../../measure/sample/quantile-interval.ts';

/** By how much one arm is below another, as a share of the other: 0.8 is −80%. Paired, and undefined where pairs are few. */
export type Reduction = {
  readonly reduction: number;
  /** Distribution-free, at 95%; undefined below six pairs. */
  readonly low: number | undefined;
  readonly high: number | undefined;
  readonly pairs: number;
};

/** Two calls of the same cell in the same round. */
export type Pair = { readonly base: number | undefined; readonly other: number | undefined };

/**
 * 1 − the median of other ÷ base over the pairs, with the order-statistic interval of that median (David & Nagaraja,
 * "Order Statistics", §7.1): no pair weighs more than another, however large its prompt or late its answer. A pair whose
 * base is not positive has no ratio; where more than half have none, nor has the whole.
 */
export const reductionOf = (pairs: readonly Pair[]): Reduction | undefined => {
  const known = pairs.flatMap(({ base, other }) =>
    base === undefined || other === undefined ? [] : [{ base, other }],
  );
  const ratios = known.flatMap(({ base, other }) => (base > 0 ? [other / base] : []));
  const centre = quantile(ratios, 0.5);
  if (centre === undefined || ratios.length * 2 <= known.length) return undefined;
  const interval = quantileInterval(ratios, 0.5);
  return {
    reduction: 1 - centre,
    low: interval === undefined ? undefined : 1 - interval.high,
    high: interval === undefined ? undefined : 1 - interval.low,
    pairs: ratios.length,
  };
};
