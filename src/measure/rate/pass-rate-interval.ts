import { type Clusters, clusteredMean } from '../cluster/clustered-mean.ts';
import { twoSidedT } from '../distribution/student-t.ts';
import type { Interval } from '../interval/interval.ts';
import { wilsonScore } from '../interval/wilson.ts';
import { elementAt } from '../sample/element-at.ts';

/** A pass rate with its interval and all that is needed to say how it was made. */
export interface PassRateInterval extends Interval {
  /** Resolved trials ÷ trials. */
  readonly rate: number;
  readonly confidence: number;
  readonly nTasks: number;
  readonly nTrials: number;
  /** How many independent trials the clustered ones are worth. */
  readonly effectiveN: number;
  /** Clusters that the interval treats as independent: the tasks, or the groups of tasks that were given. */
  readonly nClusters: number;
  readonly method: 'wilson-effective-n-by-task' | 'wilson-effective-n-by-group';
}

export interface PassRateOptions {
  /** Two-sided; default 0.95. The lower end at 0.90 is the one-sided 95% bound. */
  readonly confidence?: number;
  /** One label a task (its repository, say): tasks of one label are then treated as one cluster. */
  readonly groups?: readonly string[];
}

/**
 * The default interval of a pass rate: Wilson's score interval (1927) on the effective number of trials p̂(1−p̂)/SE², with the clustered standard
 * error of Miller (2024) and the t(C−1) quantile. The effective number is kept between the clusters and the trials; where nothing varies, it is
 * the number of clusters. It covers where Wilson on trials (clustering) and t or bootstrap (rates near 0 or 1) do not.
 *
 * `tasks` holds the attempts of each task as 0 or 1; a task without an attempt does not count. Undefined without any attempt.
 */
export function passRateInterval(tasks: Clusters, options: PassRateOptions = {}): PassRateInterval | undefined {
  const { confidence = 0.95, groups } = options;
  const estimate = clusteredMean(groups === undefined ? tasks : merge(tasks, groups));
  if (estimate === undefined) return undefined;
  const { mean: rate, standardError = 0, nClusters, nObservations: nTrials } = estimate;
  const independent = standardError === 0 ? nClusters : (rate * (1 - rate)) / standardError ** 2;
  const effectiveN = Math.min(Math.max(independent, nClusters), nTrials);
  return {
    rate,
    ...wilsonScore({ rate, size: effectiveN, quantile: twoSidedT(confidence, nClusters - 1) }),
    confidence,
    nTasks: tasks.filter((attempts) => attempts.length > 0).length,
    nTrials,
    effectiveN,
    nClusters,
    method: groups === undefined ? 'wilson-effective-n-by-task' : 'wilson-effective-n-by-group',
  };
}

function merge(tasks: Clusters, labels: readonly string[]): Clusters {
  if (labels.length !== tasks.length) throw new RangeError(`${labels.length} group labels for ${tasks.length} tasks`);
  const indices = Map.groupBy(tasks.keys(), (index) => elementAt(labels, index));
  return [...indices.values()].map((members) => members.flatMap((index) => elementAt(tasks, index)));
}
