import type { Clusters } from '../cluster/clustered-mean.ts';
import { twoSidedT } from '../distribution/student-t.ts';
import { elementAt } from '../sample/element-at.ts';
import { mean } from '../sample/moments.ts';
import { type DifferenceInterval, differenceInterval } from './difference.ts';
import { tangoInterval, tangoWithQuantile } from './tango.ts';
import { taskDifference } from './task-difference.ts';

/** Task differences that are all the same may still differ by rounding. */
const ROUNDING = 1e-12;

/** The difference of two pass rates on the same tasks. */
export interface PassRateDifference extends DifferenceInterval {
  /** Tasks that both attempted; the others do not count. */
  readonly nTasks: number;
  readonly method: 'tango' | 'paired-t' | 'tango-without-variation';
}

/**
 * The default comparison "first against second", paired by task: with one attempt a task Tango's score interval (1998); with several the mean of
 * task differences with a t(n−1) interval (Miller 2024). Where all tasks differ by the same amount, t would claim certainty; there it is Tango's
 * interval for a difference of that size with n tasks and the t quantile.
 *
 * Both arguments hold 0/1 attempts by task, aligned by task; attempts are not paired. Each task weighs the same. Undefined without a common task.
 */
export function passRateDifference(
  first: Clusters,
  second: Clusters,
  confidence = 0.95,
): PassRateDifference | undefined {
  if (first.length !== second.length)
    throw new RangeError(`${first.length} and ${second.length} tasks are not aligned`);
  const pairs = first
    .map((attempts, i) => ({ first: attempts, second: elementAt(second, i) }))
    .filter((pair) => pair.first.length > 0 && pair.second.length > 0);
  const rates = pairs.map((pair) => ({ first: mean(pair.first) ?? 0, second: mean(pair.second) ?? 0 }));
  const differences = rates.map((rate) => rate.first - rate.second);
  const nTasks = pairs.length;
  const difference = mean(differences);
  if (difference === undefined) return undefined;

  if (pairs.every((pair) => pair.first.length === 1 && pair.second.length === 1)) {
    const counts = discordance(differences);
    return {
      ...differenceInterval(difference, confidence, (level) => tangoInterval(counts, level)),
      nTasks,
      method: 'tango',
    };
  }
  const paired = taskDifference(
    rates.map((rate) => rate.first),
    rates.map((rate) => rate.second),
    confidence,
  );
  if (paired !== undefined && paired.standardError > ROUNDING) {
    const { low, high, lowerBound, upperBound } = paired;
    return { difference, low, high, lowerBound, upperBound, confidence, nTasks, method: 'paired-t' };
  }
  const counts = discordance(differences);
  const interval = (level: number) => tangoWithQuantile(counts, twoSidedT(level, nTasks - 1));
  return { ...differenceInterval(difference, confidence, interval), nTasks, method: 'tango-without-variation' };
}

function discordance(differences: readonly number[]) {
  let firstOnly = 0;
  let secondOnly = 0;
  for (const difference of differences) {
    firstOnly += Math.max(0, difference);
    secondOnly += Math.max(0, -difference);
  }
  return { firstOnly, secondOnly, nPairs: differences.length };
}
