import { frontierProbabilities, type PointReplicate } from '../../measure/frontier/probabilities.ts';
import { type DominanceGap, dominanceGap, staircase } from '../../measure/frontier/staircase.ts';
import type { Interval } from '../../measure/interval/interval.ts';
import type { ContenderSummary } from '../contender/contender-summary.ts';
import type { ContenderPoint, Estimate, FrontierAxis } from '../estimate.ts';

/** A contender in the plane of time or cost and pass rate. */
export type PlacedContender = {
  readonly contender: string;
  /** Milliseconds or US dollars, as the axis has it. */
  readonly spent: Estimate;
  readonly passRate: number;
  readonly passRateInterval: Interval;
  /** Beaten on both axes by nobody; compared unrounded, identical points both stay. */
  readonly onFrontier: boolean;
  /** Share of bootstrap replicates in which it is. */
  readonly frontierProbability?: number | undefined;
  /** How far a dominated contender is from the staircase. */
  readonly gap?: DominanceGap | undefined;
};

/** All contenders that have a pass rate and a place on the axis, the least first, and who beats whom how surely. */
export type Frontier = {
  readonly axis: FrontierAxis;
  readonly placed: readonly PlacedContender[];
  /** Share of replicates in which `winner` dominates `loser`; pairs that never happen are left out. */
  readonly dominance: readonly { readonly winner: string; readonly loser: string; readonly probability: number }[];
};

type Placed = { readonly cost: number; readonly value: number; readonly summary: ContenderSummary };

/** The replicates over one axis as points; undefined where a replicate has no such time, cost or rate. */
const replicatesOf = (
  replicates: readonly (readonly ContenderPoint[])[],
  axis: FrontierAxis,
): readonly PointReplicate[] =>
  replicates.map((points) =>
    points.map((point) => {
      const [cost, value] = [point[axis], point.passRate];
      return cost === undefined || value === undefined ? undefined : { cost, value };
    }),
  );

/** The frontier over one axis; `replicates` list the contenders in the order of `summaries`. */
export const frontier = (
  summaries: readonly ContenderSummary[],
  { axis, replicates }: { readonly axis: FrontierAxis; readonly replicates: readonly (readonly ContenderPoint[])[] },
): Frontier => {
  const points = summaries.flatMap((summary): readonly Placed[] => {
    const [cost, value] = [summary.spent[axis], summary.passRate?.rate];
    return cost === undefined || value === undefined ? [] : [{ cost: cost.value, value, summary }];
  });
  const front = new Set(staircase(points));
  const probabilities = frontierProbabilities(replicatesOf(replicates, axis));
  const placed = points.map((point): PlacedContender => {
    const { contender, passRate, spent } = point.summary;
    return {
      contender,
      spent: spent[axis] ?? { value: point.cost },
      passRate: point.value,
      passRateInterval: { low: passRate?.low ?? 0, high: passRate?.high ?? 1 },
      onFrontier: front.has(point),
      frontierProbability: probabilities?.onFrontier[summaries.indexOf(point.summary)],
      gap: dominanceGap(point, points),
    };
  });
  return {
    axis,
    placed: placed.sort((left, right) => left.spent.value - right.spent.value || right.passRate - left.passRate),
    dominance: summaries.flatMap((winner, i) =>
      summaries.flatMap((loser, j) => {
        const probability = probabilities?.dominates[i]?.[j] ?? 0;
        return probability > 0 ? [{ winner: winner.contender, loser: loser.contender, probability }] : [];
      }),
    ),
  };
};
