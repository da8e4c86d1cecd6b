import { percentileInterval } from '../../measure/bootstrap/percentile-interval.ts';
import type { Interval } from '../../measure/interval/interval.ts';
import { elementAt } from '../../measure/sample/element-at.ts';
import { crossing } from '../../measure/survival/crossing.ts';
import { cumulativeIncidence } from '../../measure/survival/cumulative-incidence.ts';
import type { Step, StepCurve } from '../../measure/survival/step-curve.ts';
import type { TimedOutcome } from '../../measure/survival/time-table.ts';
import type { RankedTrials } from '../resample/ranked-trials.ts';
import type { Resampled } from '../resample/resampling.ts';

/** Share of trials solved within a time, with a pointwise 95% band. Times in milliseconds. */
export type SolvedCurve = {
  readonly contender: string;
  readonly curve: StepCurve;
  readonly band: readonly ({ readonly time: number } & Interval)[];
};

/** From when on `later` has solved more than `earlier`, for good. */
export type Crossing = {
  readonly earlier: string;
  readonly later: string;
  readonly time: number;
  readonly interval?: Interval | undefined;
  /** Share of replicates in which the lead passes in this direction at all. */
  readonly share: number;
};

export type SolvedByTime = { readonly curves: readonly SolvedCurve[]; readonly crossings: readonly Crossing[] };

const observations = ({ times, observed }: RankedTrials): readonly TimedOutcome[] =>
  observed.flatMap((outcome, place) => (outcome === undefined ? [] : [{ time: elementAt(times, place), outcome }]));

const stepsKept = 500;

/** The curve with at most so many steps, evenly many skipped, first and last kept: more cannot be told apart in a figure. */
const thinned = ({ initial, steps }: StepCurve): StepCurve => {
  const rises = steps.filter(({ value }, place) => value !== (steps[place - 1]?.value ?? initial));
  if (rises.length <= stepsKept) return { initial, steps: rises };
  const kept = Array.from(
    { length: stepsKept },
    (_, step): Step => elementAt(rises, Math.round((step * (rises.length - 1)) / (stepsKept - 1))),
  );
  return { initial, steps: kept };
};

const bandPlaces = 48;

/** Places of the grid at which bands are computed: evenly spaced on a log axis of time. */
const placesOf = (grid: Float64Array): readonly number[] => {
  const positive = [...grid.keys()].filter((place) => elementAt(grid, place) > 0);
  const [first, last] = [positive[0], positive.at(-1)];
  if (first === undefined || last === undefined) return [];
  const [low, high] = [Math.log(elementAt(grid, first)), Math.log(elementAt(grid, last))];
  const wanted = Array.from({ length: bandPlaces }, (_, step) =>
    Math.exp(low + ((high - low) * step) / (bandPlaces - 1)),
  );
  return [
    ...new Set(
      wanted.map((time) => positive.findLast((place) => elementAt(grid, place) <= time * (1 + 1e-12)) ?? first),
    ),
  ];
};

/** When the lead passes for good on the grid, and whether to the second; undefined where it never changes hands. */
const passOnGrid = (
  first: Float64Array,
  second: Float64Array,
  grid: Float64Array,
): { readonly toSecond: boolean; readonly time: number } | undefined => {
  let leader = 0;
  let changes = 0;
  let time = 0;
  for (let place = 0; place < grid.length; place++) {
    const sign = Math.sign(elementAt(first, place) - elementAt(second, place));
    if (sign === 0 || sign === leader) continue;
    leader = sign;
    changes += 1;
    time = elementAt(grid, place);
  }
  return changes < 2 ? undefined : { toSecond: leader < 0, time };
};

type Pair = { readonly i: number; readonly j: number };

const crossingOf = (
  { i, j }: Pair,
  { curves, resampled }: { readonly curves: readonly StepCurve[]; readonly resampled: Resampled },
): readonly Crossing[] => {
  const change = crossing(elementAt(curves, i), elementAt(curves, j));
  if (change === undefined) return [];
  const toSecond = change.leader === 'second';
  const [earlier, later] = toSecond ? [i, j] : [j, i];
  const times = resampled.replicates.map(({ solved }) => {
    const pass = passOnGrid(elementAt(solved, i), elementAt(solved, j), resampled.grid);
    return pass?.toSecond === toSecond ? pass.time : undefined;
  });
  const interval = percentileInterval(times);
  return [
    {
      earlier: elementAt(resampled.contenders, earlier).contender,
      later: elementAt(resampled.contenders, later).contender,
      time: change.time,
      interval: interval && { low: interval.low, high: interval.high },
      share: interval?.definedShare ?? 0,
    },
  ];
};

/** Solved-by-time curves (Aalen–Johansen) of all contenders, with bands and crossings from the joint bootstrap. */
export const solvedByTime = (resampled: Resampled): SolvedByTime => {
  const { contenders, replicates, grid } = resampled;
  const curves = contenders.map((ranked) => cumulativeIncidence(observations(ranked)));
  const pairs = curves.flatMap((_, i) => curves.flatMap((__, j): readonly Pair[] => (i < j ? [{ i, j }] : [])));
  const places = placesOf(grid);
  return {
    curves: contenders.map(({ contender }, i) => ({
      contender,
      curve: thinned(elementAt(curves, i)),
      band: places.flatMap((place) => {
        const interval = percentileInterval(replicates.map(({ solved }) => solved[i]?.[place]));
        return interval === undefined ? [] : [{ time: elementAt(grid, place), low: interval.low, high: interval.high }];
      }),
    })),
    crossings: pairs.flatMap((pair) => crossingOf(pair, { curves, resampled })),
  };
};
