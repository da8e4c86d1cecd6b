import type { ProbeCall } from './carry-out.ts';
import type { CellKind } from './plan.ts';
import { type Reading, readingOf } from './reading.ts';
import type { Pair } from './reduction.ts';

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

/** The calls of an arm in the cells that a metric is read in. */
export const callsFor = (metric: ComparedMetric, arm: string, calls: readonly ProbeCall[]): readonly ProbeCall[] =>
  calls.filter((call) => call.arm === arm && call.cell.kind === metrics[metric].kind);

/**
 * A metric of a call, in milliseconds or, per token, microseconds; undefined where the call cannot tell. A call that came
 * over another transport than the arm's says nothing of the arm.
 */
export const metricValue = (
  metric: ComparedMetric,
  { turn, failure }: ProbeCall,
  engineRate: number | undefined,
): number | undefined =>
  turn === undefined || failure !== undefined || turn.connection?.fallback !== undefined
    ? undefined
    : metrics[metric].value(readingOf(turn, engineRate));

/** The two arms' calls of the same cell in the same round, each with its value. */
export const pairsOf = (
  base: readonly ProbeCall[],
  other: readonly ProbeCall[],
  read: (call: ProbeCall) => number | undefined,
): readonly Pair[] => {
  const placeOf = ({ cell, round, stream }: ProbeCall): string => `${cell.id} ${round} ${stream}`;
  const twins = new Map(other.map((call) => [placeOf(call), call]));
  return base.flatMap((call) => {
    const twin = twins.get(placeOf(call));
    return twin === undefined ? [] : [{ base: read(call), other: read(twin) }];
  });
};
