import { twoSidedT } from '../distribution/student-t.ts';
import { elementAt } from '../sample/element-at.ts';
import { correlation, covariance, mean, variance } from '../sample/moments.ts';
import { type DifferenceInterval, differenceInterval } from './difference.ts';

/** Mean of task differences, with what pairing gained. */
export interface TaskDifference extends DifferenceInterval {
  /** sd(d)/√n. */
  readonly standardError: number;
  /** √(SE₁²+SE₂²): what it would be had the two run different tasks. */
  readonly unpairedStandardError: number;
  /** r in SE² = SE₁² + SE₂² − 2r·SE₁·SE₂; undefined when one side does not vary. */
  readonly correlation: number | undefined;
  readonly nTasks: number;
}

/**
 * Paired comparison of two contenders on the same tasks: mean of dᵢ = firstᵢ − secondᵢ with a t(n−1) interval (Miller 2024, arXiv 2411.00640).
 * The values are one per task (means over its attempts), aligned. Undefined below two tasks. For pass rates use the pass-rate difference, which
 * also answers when no task differs.
 */
export function taskDifference(
  first: readonly number[],
  second: readonly number[],
  confidence = 0.95,
): TaskDifference | undefined {
  const varianceFirst = variance(first);
  const varianceSecond = variance(second);
  if (covariance(first, second) === undefined || varianceFirst === undefined || varianceSecond === undefined)
    return undefined;
  const nTasks = first.length;
  const differences = first.map((value, i) => value - elementAt(second, i));
  const difference = mean(differences) ?? 0;
  const standardError = Math.sqrt((variance(differences) ?? 0) / nTasks);
  return {
    ...differenceInterval(difference, confidence, (level) => {
      const reach = twoSidedT(level, nTasks - 1) * standardError;
      return { low: difference - reach, high: difference + reach };
    }),
    standardError,
    unpairedStandardError: Math.sqrt((varianceFirst + varianceSecond) / nTasks),
    correlation: correlation(first, second),
    nTasks,
  };
}
