import { binomialCdf } from '../distribution/binomial.ts';
import type { Interval } from '../interval/interval.ts';
import { elementAt } from './element-at.ts';

/** An interval for a quantile whose ends are observations. */
export interface QuantileInterval extends Interval {
  /** 1-based ranks of the two observations in the sorted sample. */
  readonly lowerRank: number;
  readonly upperRank: number;
  /** Exact probability that the interval covers the quantile of any continuous distribution; at least the confidence asked for. */
  readonly coverage: number;
}

/**
 * Distribution-free interval for the q-quantile (David & Nagaraja, "Order Statistics", §7.1): the number of observations below the quantile is
 * Bin(n, q), so [x₍l₎, x₍u₎] covers it with probability P(l ≤ Bin(n, q) ≤ u−1).
 *
 * The tails are equal where the sample allows it; where one runs off the sample, that end is the extreme observation and the other tail gets what
 * is left of α. Undefined when even that is too little: a 95% interval for p95 needs n ≥ 59.
 */
export function quantileInterval(
  values: readonly number[],
  q: number,
  confidence = 0.95,
): QuantileInterval | undefined {
  const n = values.length;
  const alpha = 1 - confidence;
  const leastLowerTail = (1 - q) ** n;
  const leastUpperTail = q ** n;
  if (leastLowerTail + leastUpperTail > alpha) return undefined;

  const lowerTail = leastUpperTail > alpha / 2 ? alpha - leastUpperTail : Math.max(alpha / 2, leastLowerTail);
  const upperTail = leastLowerTail > alpha / 2 ? alpha - leastLowerTail : Math.max(alpha / 2, leastUpperTail);
  const lowerRank = firstRank(n, (rank) => binomialCdf(rank, n, q) > lowerTail);
  const upperRank = firstRank(n, (rank) => binomialCdf(n - rank, n, 1 - q) <= upperTail);

  const sorted = values.toSorted((a, b) => a - b);
  return {
    low: elementAt(sorted, lowerRank - 1),
    high: elementAt(sorted, upperRank - 1),
    lowerRank,
    upperRank,
    coverage: binomialCdf(upperRank - 1, n, q) - binomialCdf(lowerRank - 1, n, q),
  };
}

/** Smallest rank in 1 … n that passes a test which, once passed, stays passed; n if none before it does. */
function firstRank(n: number, passes: (rank: number) => boolean): number {
  let low = 1;
  let high = n;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (passes(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
