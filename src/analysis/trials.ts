import type { TrialFacts } from '../measure/trial-facts.ts';

/** One word for a task across suites; the length keeps two names from running into each other. */
export const taskKey = ({ suite, task }: { readonly suite: string; readonly task: string }): string =>
  `${suite.length}:${suite}:${task}`;

/** Trials with a verdict: those that a pass rate and the times beside it are about. */
export const judgedOf = (trials: readonly TrialFacts[]): readonly TrialFacts[] =>
  trials.filter(({ outcome }) => outcome !== 'no-verdict');

/** Trials by task, in order of first appearance: the clusters of every interval. */
export const byTask = (trials: readonly TrialFacts[]): ReadonlyMap<string, readonly TrialFacts[]> =>
  Map.groupBy(trials, taskKey);

/** Values by task; trials without a value and tasks without any are left out. */
export const clusters = (
  trials: readonly TrialFacts[],
  value: (trial: TrialFacts) => number | undefined,
): readonly (readonly number[])[] =>
  [...byTask(trials).values()]
    .map((members) => members.map(value).filter((known) => known !== undefined))
    .filter((values) => values.length > 0);

/** 1 for resolved, 0 for unresolved, undefined where nothing was proven. */
export const score = ({ outcome }: TrialFacts): number | undefined =>
  outcome === 'no-verdict' ? undefined : outcome === 'resolved' ? 1 : 0;
