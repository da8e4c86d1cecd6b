import { elementAt } from '../measure/sample/element-at.ts';
import { type Comparison, compare } from './compare/compare.ts';
import { type Slice, sliceComparison } from './compare/slices.ts';
import { type ContenderSummary, summariseContender } from './contender/contender-summary.ts';
import { type ModelledDuration, modelledDuration } from './contender/modelled.ts';
import { type SpeedSpread, speedSpread } from './contender/spread.ts';
import { type MatchedSpeedUp, speedUpAtMatchedAccuracy } from './curve/matched-accuracy.ts';
import { type SolvedByTime, solvedByTime } from './curve/solved-by-time.ts';
import { type FrontierAxis, frontierAxes } from './estimate.ts';
import { type Acceptability, acceptabilityOf } from './frontier/acceptability.ts';
import { type Composite, composites } from './frontier/composites.ts';
import { type Frontier, frontier } from './frontier/frontier.ts';
import { type Rivals, rivalsOf } from './frontier/rivals.ts';
import { type GridRow, taskGrid } from './grid.ts';
import { resampleContenders } from './resample/resampling.ts';
import type { Selection } from './selection.ts';

/** What is said about the two contenders that a reader has to choose between. */
export type Choice = Rivals & {
  /** `fast` minus `right`, on all tasks, by suite and by label. */
  readonly slices: readonly Slice[];
  readonly matched?: MatchedSpeedUp | undefined;
  readonly composites: readonly Composite[];
};

/** Everything that is computed from a selection; the page computes it again when a filter changes. */
export type Summary = {
  readonly nTasks: number;
  readonly nTrials: number;
  readonly contenders: readonly ContenderSummary[];
  /** In the order of `contenders`. */
  readonly spreads: readonly SpeedSpread[];
  /** In the order of `contenders`; null where tokens or times are unknown. */
  readonly modelled: readonly (ModelledDuration | null)[];
  readonly frontiers: Readonly<Record<FrontierAxis, Frontier>>;
  readonly acceptability: Acceptability;
  readonly solvedByTime: SolvedByTime;
  /** Every pair of contenders once. */
  readonly comparisons: readonly Comparison[];
  readonly choice?: Choice | undefined;
  readonly grid: readonly GridRow[];
  readonly bootstrap: { readonly seed: number; readonly replicates: number };
};

export type SummaryOptions = {
  readonly seed: number;
  /** About how many trials to draw in all bootstraps together; default 4,000,000. */
  readonly effort?: number | undefined;
};

const choiceOf = (
  selection: Selection,
  { rivals, contenders, solved }: { rivals: Rivals; contenders: readonly ContenderSummary[]; solved: SolvedByTime },
): Choice => {
  const summaryOf = (name: string) => contenders.find(({ contender }) => contender === name);
  const curveOf = (name: string) => solved.curves.find(({ contender }) => contender === name);
  const [fast, right] = [summaryOf(rivals.fast), summaryOf(rivals.right)];
  const [fastCurve, rightCurve] = [curveOf(rivals.fast), curveOf(rivals.right)];
  return {
    ...rivals,
    slices: sliceComparison(selection, { first: rivals.fast, second: rivals.right }),
    matched: fastCurve && rightCurve && speedUpAtMatchedAccuracy(fastCurve, rightCurve),
    composites: fast === undefined || right === undefined ? [] : composites({ fast, right }, selection.trials),
  };
};

/** Computes all aggregates of a selection; the same seed gives the same numbers on every machine. */
export const summarise = (selection: Selection, { seed, effort = 4_000_000 }: SummaryOptions): Summary => {
  const { contenders: names, tasks, trials } = selection;
  const resampled = resampleContenders(selection, { seed, effort });
  const replicates = resampled.replicates.map(({ points }) => points);
  const groups = Map.groupBy(trials, ({ contender }) => contender);
  const contenders = names.map((name, index) =>
    summariseContender(name, {
      trials: groups.get(name) ?? [],
      points: { point: elementAt(resampled.points, index), replicates: replicates.map((row) => row[index]) },
    }),
  );
  const frontiers = Object.fromEntries(
    frontierAxes.map((axis) => [axis, frontier(contenders, { axis, replicates })]),
  ) as Summary['frontiers'];
  const solved = solvedByTime(resampled);
  const rivals = rivalsOf(frontiers.median);
  return {
    nTasks: tasks.length,
    nTrials: trials.length,
    contenders,
    spreads: names.map((name) => speedSpread(groups.get(name) ?? [])),
    modelled: names.map((name) => modelledDuration(groups.get(name) ?? []) ?? null),
    frontiers,
    acceptability: acceptabilityOf(contenders, replicates),
    solvedByTime: solved,
    comparisons: names.flatMap((first, i) => names.slice(i + 1).map((second) => compare({ first, second }, trials))),
    choice: rivals && choiceOf(selection, { rivals, contenders, solved }),
    grid: taskGrid(tasks, { trials, contenders: names }),
    bootstrap: { seed, replicates: replicates.length },
  };
};
