import type { Interval } from '../interval/interval.ts';

/** The difference first − second with a two-sided interval and the two one-sided bounds of the same confidence. */
export interface DifferenceInterval extends Interval {
  readonly difference: number;
  readonly confidence: number;
  /** "At least this much", with the confidence on this one side. */
  readonly lowerBound: number;
  /** "At most this much", with the confidence on this one side. */
  readonly upperBound: number;
}

/**
 * Completes a difference with its interval and bounds: the one-sided bounds at confidence 1−α are the ends of the two-sided interval at 1−2α.
 */
export function differenceInterval(
  difference: number,
  confidence: number,
  twoSided: (confidence: number) => Interval,
): DifferenceInterval {
  const { low, high } = twoSided(confidence);
  const oneSided = twoSided(1 - 2 * (1 - confidence));
  return { difference, low, high, confidence, lowerBound: oneSided.low, upperBound: oneSided.high };
}
