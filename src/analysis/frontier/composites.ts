import { pairByTask } from '../../measure/paired/pair-by-task.ts';
import { mean } from '../../measure/sample/moments.ts';
import type { TrialFacts } from '../../measure/trial-facts.ts';
import { cascade } from '../../measure/what-if/cascade.ts';
import { retryOutlook } from '../../measure/what-if/retry.ts';
import type { ContenderSummary } from '../contender/contender-summary.ts';
import { byTask, judgedOf, score } from '../trials.ts';

/** A combination that nobody ran, computed from trials that were; it needs a verifier that knows when an attempt failed. Milliseconds. */
export type Composite = {
  readonly kind: 'cascade' | 'best-of';
  readonly fast: string;
  readonly right: string;
  /** Attempts that fit into the other's mean time, for `best-of`. */
  readonly attempts?: number | undefined;
  readonly meanMs: number;
  readonly passRate: number;
};

type TaskMeans = { readonly passRate: number; readonly time: number };

const taskMeans = (trials: readonly TrialFacts[]): ReadonlyMap<string, TaskMeans> =>
  new Map(
    [...byTask(judgedOf(trials))].flatMap(([task, attempts]) => {
      const passRate = mean(attempts.flatMap((trial) => score(trial) ?? []));
      const time = mean(attempts.flatMap(({ agentMs }) => agentMs ?? []));
      return passRate === undefined || time === undefined ? [] : [[task, { passRate, time }] as const];
    }),
  );

const bestOf = (
  fast: readonly TaskMeans[],
  attempts: number,
): { readonly passRate: number; readonly time: number } | undefined => {
  const outlooks = fast.map(({ passRate, time }) =>
    retryOutlook({ passRate, attemptTime: time, maximumAttempts: attempts }),
  );
  const passRate = mean(outlooks.map(({ successProbability }) => successProbability));
  const time = mean(outlooks.map(({ expectedTime }) => expectedTime));
  return passRate === undefined || time === undefined ? undefined : { passRate, time };
};

/**
 * What-if points for a fast and a more often right contender, on the tasks both ran: the fast one first and the other where it fails; and the fast
 * one again and again within the other's mean time. Upper bounds: both suppose a verifier that never errs and costs nothing.
 */
export const composites = (
  { fast, right }: { readonly fast: ContenderSummary; readonly right: ContenderSummary },
  trials: readonly TrialFacts[],
): readonly Composite[] => {
  const groups = Map.groupBy(trials, ({ contender }) => contender);
  const paired = pairByTask(taskMeans(groups.get(fast.contender) ?? []), taskMeans(groups.get(right.contender) ?? []));
  const names = { fast: fast.contender, right: right.contender };
  const both = cascade(paired.first, paired.second);
  const [fastMs, rightMs] = [mean(paired.first.map(({ time }) => time)), mean(paired.second.map(({ time }) => time))];
  const attempts = fastMs === undefined || rightMs === undefined || fastMs <= 0 ? 0 : Math.floor(rightMs / fastMs);
  const again = attempts < 2 ? undefined : bestOf(paired.first, attempts);
  return [
    ...(both === undefined ? [] : [{ kind: 'cascade', ...names, meanMs: both.time, passRate: both.passRate } as const]),
    ...(again === undefined
      ? []
      : [{ kind: 'best-of', ...names, attempts, meanMs: again.time, passRate: again.passRate } as const]),
  ];
};
