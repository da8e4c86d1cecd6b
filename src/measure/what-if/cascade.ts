import { elementAt } from '../sample/element-at.ts';
import { mean } from '../sample/moments.ts';

/** One contender on one task: mean of its attempts. */
export interface TaskSummary {
  /** Share of attempts resolved, 0…1. */
  readonly passRate: number;
  /** Mean time of an attempt. */
  readonly time: number;
}

/**
 * What "try the fast one, and the flagship where it fails" would reach: per task rate p + (1−p)·q and time t_fast + (1−p)·t_flagship, then means over
 * tasks. An upper bound: it needs a verifier that knows when the fast one failed. Aligned by task; undefined without a task.
 */
export function cascade(fast: readonly TaskSummary[], flagship: readonly TaskSummary[]): TaskSummary | undefined {
  if (fast.length !== flagship.length)
    throw new RangeError(`${fast.length} and ${flagship.length} tasks are not aligned`);
  const tasks = fast.map((first, i) => {
    const second = elementAt(flagship, i);
    const miss = 1 - first.passRate;
    return { passRate: first.passRate + miss * second.passRate, time: first.time + miss * second.time };
  });
  const passRate = mean(tasks.map((task) => task.passRate));
  const time = mean(tasks.map((task) => task.time));
  return passRate === undefined || time === undefined ? undefined : { passRate, time };
}
