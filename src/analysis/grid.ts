import type { TaskFacts, TrialFacts, TrialOutcome } from '../measure/trial-facts.ts';
import { taskKey } from './trials.ts';

/** What one contender made of one task. */
export type GridCell = {
  readonly contender: string;
  readonly resolved: number;
  readonly judged: number;
  readonly trials: readonly { readonly trialId: string; readonly index: number; readonly outcome: TrialOutcome }[];
};

export type GridRow = { readonly task: TaskFacts; readonly cells: readonly GridCell[] };

const cellOf = (contender: string, trials: readonly TrialFacts[]): GridCell => ({
  contender,
  resolved: trials.filter(({ outcome }) => outcome === 'resolved').length,
  judged: trials.filter(({ outcome }) => outcome !== 'no-verdict').length,
  trials: trials.map(({ trialId, index, outcome }) => ({ trialId, index, outcome })),
});

const solveRate = ({ cells }: GridRow): number => {
  const judged = cells.reduce((sum, cell) => sum + cell.judged, 0);
  return judged === 0 ? -1 : cells.reduce((sum, cell) => sum + cell.resolved, 0) / judged;
};

/** Task × contender, the most often solved tasks of each suite first: hard tasks gather at the end. */
export const taskGrid = (
  tasks: readonly TaskFacts[],
  { trials, contenders }: { readonly trials: readonly TrialFacts[]; readonly contenders: readonly string[] },
): readonly GridRow[] => {
  const groups = Map.groupBy(trials, (trial) => JSON.stringify([taskKey(trial), trial.contender]));
  return tasks
    .map(
      (task): GridRow => ({
        task,
        cells: contenders.map((contender) =>
          cellOf(contender, groups.get(JSON.stringify([taskKey(task), contender])) ?? []),
        ),
      }),
    )
    .sort(
      (left, right) =>
        Number(left.task.suite > right.task.suite) - Number(left.task.suite < right.task.suite) ||
        solveRate(right) - solveRate(left),
    );
};
