import { twoSidedZ } from '../distribution/normal.ts';
import type { Interval } from '../interval/interval.ts';

/** Pairs of single yes/no outcomes on which two contenders disagree. */
export interface Discordance {
  /** Resolved by the first only: b. */
  readonly firstOnly: number;
  /** Resolved by the second only: c. */
  readonly secondOnly: number;
  /** All pairs, agreeing ones included. */
  readonly nPairs: number;
}

/** Difference of paired proportions (b−c)/n. */
export function pairedRateDifference({ firstOnly, secondOnly, nPairs }: Discordance): number {
  return (firstOnly - secondOnly) / nPairs;
}

/** Wald standard error of the difference: √(b + c − (b−c)²/n) / n. Fit for tests against a margin with many pairs; for intervals use Tango's. */
export function pairedRateStandardError({ firstOnly, secondOnly, nPairs }: Discordance): number {
  return Math.sqrt(firstOnly + secondOnly - (firstOnly - secondOnly) ** 2 / nPairs) / nPairs;
}

/** Wald interval of the difference: difference ± z·SE. Too narrow with few discordant pairs, empty with none; kept for comparison. */
export function pairedWaldInterval(counts: Discordance, confidence = 0.95): Interval {
  const difference = pairedRateDifference(counts);
  const reach = twoSidedZ(confidence) * pairedRateStandardError(counts);
  return { low: difference - reach, high: difference + reach };
}
