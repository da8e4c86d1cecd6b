import type { Arm } from '../probe.ts';
import type { ProbeCall } from './carry-out.ts';
import type { CellKind } from './plan.ts';
import { type Reading, readingOf } from './reading.ts';
import { type Pair, type Reduction, reductionOf } from './reduction.ts';

/** What arms are compared on, and in which cells it is read. */
const metrics = {
  roundTrip: { kind: 'round-trip', value: ({ roundTripMs }) => roundTripMs },
  ttft: { kind: 'prompt', value: ({ ttftMs }) => ttftMs },
  timePerToken: { kind: 'output', value: ({ timePerTokenUs }) => timePerTokenUs },
  overheadPerToken: { kind: 'output', value: ({ overheadPerTokenUs }) => overheadPerTokenUs },
} as const satisfies Readonly<
  Record<string, { readonly kind: CellKind; readonly value: (reading: Reading) => number | undefined }>
>;

export type ComparedMetric = keyof typeof metrics;

/** How far `other` is below `base`, metric by metric; undefined where it cannot be said. */
export type Comparison = {
  readonly base: string;
  readonly other: string;
  readonly reductions: Readonly<Record<ComparedMetric, Reduction | undefined>>;
};

type Reader = (call: ProbeCall) => number | undefined;

/** A call that came over another transport than the arm's says nothing of the arm. */
const readerOf =
  (metric: ComparedMetric, engineRate: number | undefined): Reader =>
  ({ turn, failure }) =>
    turn === undefined || failure !== undefined || turn.connection?.fallback !== undefined
      ? undefined
      : metrics[metric].value(readingOf(turn, engineRate));

const pairsOf = (base: readonly ProbeCall[], other: readonly ProbeCall[], read: Reader): readonly Pair[] => {
  const placeOf = ({ cell, round, stream }: ProbeCall): string => `${cell.id} ${round} ${stream}`;
  const twins = new Map(other.map((call) => [placeOf(call), call]));
  return base.flatMap((call) => {
    const twin = twins.get(placeOf(call));
    return twin === undefined ? [] : [{ base: read(call), other: read(twin) }];
  });
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
      const of = (arm: string) => calls.filter((call) => call.arm === arm && call.cell.kind === metrics[metric].kind);
      return reductionOf(pairsOf(of(base.id), of(other.id), readerOf(metric, engineRate)));
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
