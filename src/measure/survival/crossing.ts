import { type StepCurve, valueAt } from './step-curve.ts';

/** The moment at which one curve takes the lead from the other. */
export interface LeadChange {
  readonly time: number;
  readonly leader: 'first' | 'second';
}

/**
 * Every time at which the higher one of two step curves changes, the first taking of the lead included. A tie leaves the lead where it was.
 */
export function leadChanges(first: StepCurve, second: StepCurve): LeadChange[] {
  const times = [...new Set([...first.steps, ...second.steps].map(({ time }) => time))].sort((a, b) => a - b);
  const changes: LeadChange[] = [];
  for (const time of times) {
    const difference = valueAt(first, time) - valueAt(second, time);
    const leader = difference > 0 ? 'first' : 'second';
    if (difference !== 0 && changes.at(-1)?.leader !== leader) changes.push({ time, leader });
  }
  return changes;
}

/**
 * When the lead passes for good from one solved-by-time curve to the other ("the first leads until …"); undefined if it never changes hands.
 * For its interval, take it in every replicate of a joint bootstrap: undefined replicates are the ones without a crossing.
 */
export function crossing(first: StepCurve, second: StepCurve): LeadChange | undefined {
  const changes = leadChanges(first, second);
  return changes.length < 2 ? undefined : changes.at(-1);
}
