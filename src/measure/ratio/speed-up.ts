import { twoSidedT } from '../distribution/student-t.ts';
import { differenceInterval } from '../paired/difference.ts';
import { elementAt } from '../sample/element-at.ts';
import { mean, variance } from '../sample/moments.ts';

/** How many times faster the second is, by task. */
export interface SpeedUp {
  /** Geometric mean of slow ÷ fast. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly confidence: number;
  /** "At least this many times", with the confidence on this one side. */
  readonly lowerBound: number;
  readonly upperBound: number;
  readonly nTasks: number;
}

/**
 * Geometric mean of paired ratios slowᵢ/fastᵢ with a t(n−1) interval on the logarithms (Fleming & Wallace 1986, "How not to lie with
 * statistics"): unlike the mean of ratios it says the same in both directions. Positive values, one per task, aligned; RangeError otherwise.
 * Undefined below two tasks.
 */
export function speedUp(slow: readonly number[], fast: readonly number[], confidence = 0.95): SpeedUp | undefined {
  if (slow.length !== fast.length || [...slow, ...fast].some((value) => !(value > 0))) {
    throw new RangeError('a speed-up needs aligned positive times');
  }
  const logarithms = slow.map((value, i) => Math.log(value / elementAt(fast, i)));
  const centre = mean(logarithms);
  const squared = variance(logarithms);
  if (centre === undefined || squared === undefined) return undefined;
  const nTasks = logarithms.length;
  const bounds = differenceInterval(centre, confidence, (level) => {
    const reach = twoSidedT(level, nTasks - 1) * Math.sqrt(squared / nTasks);
    return { low: centre - reach, high: centre + reach };
  });
  return {
    ratio: Math.exp(centre),
    low: Math.exp(bounds.low),
    high: Math.exp(bounds.high),
    confidence,
    lowerBound: Math.exp(bounds.lowerBound),
    upperBound: Math.exp(bounds.upperBound),
    nTasks,
  };
}
