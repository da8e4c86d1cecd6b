import type { Arm } from '../probe.ts';
import type { ProbeCall } from './carry-out.ts';
import { type ComparedMetric, callsFor, metricValue, pairsOf } from './paired.ts';
import { type Reduction, reductionOf } from './reduction.ts';

/** How far `other` is below `base`, metric by metric; undefined where it cannot be said. */
export type Comparison = {
  readonly base: string;
  readonly other: string;
  readonly reductions: Readonly<Record<ComparedMetric, Reduction | undefined>>;
};

/** Every arm against the first of its endpoint; the first arm of every endpoint against the first of all. */
const couplesOf = (arms: readonly Arm[]): readonly (readonly [base: Arm, other: Arm])[] => {
  const [first] = arms;
  if (first === undefined) return [];
  return arms.flatMap((arm): readonly (readonly [Arm, Arm])[] => {
    const own = arms.find(({ endpoint }) => endpoint.id === arm.endpoint.id) ?? arm;
    const base = own === arm ? first : own;
    return base === arm ? [] : [[base, arm]];
  });
};

/** All comparisons of a probe. */
export const compareArms = (
  arms: readonly Arm[],
  calls: readonly ProbeCall[],
  engineRate?: number | undefined,
): readonly Comparison[] =>
  couplesOf(arms).map(([base, other]) => {
    const reduction = (metric: ComparedMetric): Reduction | undefined => {
      const of = (arm: string) => callsFor(metric, arm, calls);
      return reductionOf(pairsOf(of(base.id), of(other.id), (call) => metricValue(metric, call, engineRate)));
    };
    return {
      base: base.id,
      other: other.id,
      reductions: {
        roundTrip: reduction('roundTrip'),
        ttft: reduction('ttft'),
        timePerToken: reduction('timePerToken'),
        overheadPerToken: reduction('overheadPerToken'),
      },
    };
  });
