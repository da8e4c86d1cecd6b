import { bootstrap } from '../../measure/bootstrap/bootstrap.ts';
import { elementAt } from '../../measure/sample/element-at.ts';
import type { TrialFacts } from '../../measure/trial-facts.ts';
import type { ContenderPoint } from '../estimate.ts';
import type { Selection } from '../selection.ts';
import { taskKey } from '../trials.ts';
import { pointOfResample, type RankedTrials, rankTrials, solvedOnGrid } from './ranked-trials.ts';

/** One replicate: every contender's point and its solved-by-time curve on the grid, in the selection's order. */
export type Replicate = { readonly points: readonly ContenderPoint[]; readonly solved: readonly Float64Array[] };

/** The joint bootstrap that every interval of times, curves and frontiers comes from. */
export type Resampled = {
  readonly contenders: readonly RankedTrials[];
  /** What the trials themselves come to. */
  readonly points: readonly ContenderPoint[];
  readonly replicates: readonly Replicate[];
  /** Milliseconds, ascending: where the solved-by-time curves of the replicates are known. */
  readonly grid: Float64Array;
};

const gridSteps = 400;

/** Every time at which somebody solved something, or evenly many of them where there are more than the grid holds. */
const gridOf = (contenders: readonly RankedTrials[]): Float64Array => {
  const times = Float64Array.from(
    new Set(contenders.flatMap(({ times, observed }) => [...times].filter((_, place) => observed[place] === 'event'))),
  ).sort();
  if (times.length <= gridSteps) return times;
  return Float64Array.from({ length: gridSteps }, (_, step) =>
    elementAt(times, Math.round((step * (times.length - 1)) / (gridSteps - 1))),
  );
};

/** As many replicates as the work allows (about `effort` drawn trials), between 200 and 10,000. */
const replicatesFor = (nTrials: number, effort: number): number =>
  Math.min(10_000, Math.max(200, Math.floor(effort / Math.max(1, nTrials))));

/** How often each ranked trial was drawn; `ranks` are the drawn trials by task. */
const countDraws = (size: number, ranks: readonly (readonly number[])[]): Uint16Array => {
  const drawn = new Uint16Array(size);
  for (const task of ranks) for (const rank of task) drawn[rank] = elementAt(drawn, rank) + 1;
  return drawn;
};

const rankByTask = ({ tasks, trials }: Selection, contenders: readonly string[]) => {
  const groups = Map.groupBy(trials, ({ contender }) => contender);
  return contenders.map((contender) => {
    const { ranked, order } = rankTrials(contender, groups.get(contender) ?? []);
    const ranks = new Map<string, number[]>();
    for (const [rank, trial] of order.entries()) {
      const key = taskKey(trial);
      const members = ranks.get(key);
      if (members === undefined) ranks.set(key, [rank]);
      else members.push(rank);
    }
    return {
      ranked,
      sample: { contender, tasks: tasks.map((task): readonly number[] => ranks.get(taskKey(task)) ?? []) },
    };
  });
};

/** Draws tasks for all contenders at once, then attempts within tasks, and keeps what each draw comes to. */
export const resampleContenders = (
  selection: Selection,
  { seed, effort }: { readonly seed: number; readonly effort: number },
): Resampled => {
  const prepared = rankByTask(selection, selection.contenders);
  const contenders = prepared.map(({ ranked }) => ranked);
  const grid = gridOf(contenders);
  const { values } = bootstrap(
    prepared.map(({ sample }) => sample),
    (resample): Replicate => {
      const draws = resample.map((ranks, place) => countDraws(elementAt(contenders, place).times.length, ranks));
      return {
        points: draws.map((drawn, place) => pointOfResample(elementAt(contenders, place), drawn)),
        solved: draws.map((drawn, place) => solvedOnGrid(elementAt(contenders, place), drawn, grid)),
      };
    },
    { seed, replicates: replicatesFor(selection.trials.length, effort) },
  );
  const once = (ranked: RankedTrials): Uint16Array => new Uint16Array(ranked.times.length).fill(1);
  return {
    contenders,
    points: contenders.map((ranked) => pointOfResample(ranked, once(ranked))),
    replicates: values,
    grid,
  };
};

/** A contender's point from its trials alone, without a bootstrap. */
export const pointOf = (contender: string, trials: readonly TrialFacts[]): ContenderPoint => {
  const { ranked } = rankTrials(contender, trials);
  return pointOfResample(ranked, new Uint16Array(ranked.times.length).fill(1));
};
