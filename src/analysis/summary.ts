import { type Comparison, compare } from './compare.ts';
import { type ContenderSummary, summariseContender } from './contender-summary.ts';
import { type TimeStatistic, timeStatistics } from './estimate.ts';
import { type Frontier, frontier } from './frontier.ts';
import { type GridRow, taskGrid } from './grid.ts';
import { resamplePoints } from './resampling.ts';
import type { Selection } from './selection.ts';
import { type SolvedByTime, solvedByTime } from './solved-by-time.ts';

/** Everything that is computed from a selection; the page computes it again when a filter changes. */
export type Summary = {
  readonly nTasks: number;
  readonly nTrials: number;
  readonly contenders: readonly ContenderSummary[];
  readonly frontiers: Readonly<Record<TimeStatistic, Frontier>>;
  readonly solvedByTime: SolvedByTime;
  /** Every pair of contenders once. */
  readonly comparisons: readonly Comparison[];
  readonly grid: readonly GridRow[];
  readonly bootstrap: { readonly seed: number; readonly replicates: number };
};

export type SummaryOptions = {
  readonly seed: number;
  /** About how many trials to draw in all bootstraps together; default 4,000,000. */
  readonly effort?: number | undefined;
};

/** Computes all aggregates of a selection; the same seed gives the same numbers on every machine. */
export const summarise = (selection: Selection, { seed, effort = 4_000_000 }: SummaryOptions): Summary => {
  const { contenders, tasks, trials } = selection;
  const points = resamplePoints(selection, { seed, effort });
  const groups = Map.groupBy(trials, ({ contender }) => contender);
  const summaries = contenders.map((name, index) =>
    summariseContender(name, { trials: groups.get(name) ?? [], replicates: points.values.map((row) => row[index]) }),
  );
  const frontiers = timeStatistics.map((statistic) => [
    statistic,
    frontier(summaries, { statistic, replicates: points.values }),
  ]);
  return {
    nTasks: tasks.length,
    nTrials: trials.length,
    contenders: summaries,
    frontiers: Object.fromEntries(frontiers) as Summary['frontiers'],
    solvedByTime: solvedByTime(selection, { seed, effort }),
    comparisons: contenders.flatMap((first, i) =>
      contenders.slice(i + 1).map((second) => compare({ first, second }, trials)),
    ),
    grid: taskGrid(tasks, { trials, contenders }),
    bootstrap: { seed, replicates: points.replicates },
  };
};
