import { twoSidedZ } from '../distribution/normal.ts';
import type { Interval } from '../interval/interval.ts';
import { bisect } from '../special/bisect.ts';
import type { Discordance } from './discordance.ts';

/**
 * Score interval for the difference of paired proportions (Tango 1998, "Equivalence test and confidence interval for the difference in proportions
 * for the paired-sample design"): all δ with |b − c − nδ| ≤ z·√(n(2·q̃ + δ(1−δ))), q̃ the maximum-likelihood share of second-only pairs under δ.
 * The best interval for one attempt a task; it stays honest with few or no discordant pairs.
 */
export function tangoInterval(counts: Discordance, confidence = 0.95): Interval {
  return tangoWithQuantile(counts, twoSidedZ(confidence));
}

/** {@link tangoInterval} with any quantile of the reference distribution; an infinite one gives [−1, 1]. Counts may be fractional. */
export function tangoWithQuantile(counts: Discordance, quantile: number): Interval {
  if (quantile === Number.POSITIVE_INFINITY) return { low: -1, high: 1 };
  return {
    low: bisect((delta) => quantile - score(counts, delta), -1, 1),
    high: bisect((delta) => -quantile - score(counts, delta), -1, 1),
  };
}

/** The standardized distance of the data from a true difference δ; falls from +∞ at −1 to −∞ at 1. */
function score({ firstOnly: b, secondOnly: c, nPairs: n }: Discordance, delta: number): number {
  const linear = (2 * n - b + c) * delta - b - c;
  const constant = -c * delta * (1 - delta);
  const share = (Math.sqrt(Math.max(0, linear ** 2 - 8 * n * constant)) - linear) / (4 * n);
  const distance = b - c - n * delta;
  const spread = Math.sqrt(Math.max(0, n * (2 * share + delta * (1 - delta))));
  return distance === 0 ? 0 : distance / spread;
}
