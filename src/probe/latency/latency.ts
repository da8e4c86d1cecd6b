import type { ProbeHeader } from '../probe.ts';
import type { ProbeCall } from './carry-out.ts';
import type { Cell } from './plan.ts';
import type { LatencySummary } from './summary.ts';

/** A finished latency probe: all but its calls, which stand in calls.jsonl. */
export type LatencyProbe = ProbeHeader & {
  readonly kind: 'latency';
  readonly rounds: number;
  readonly cells: readonly Cell[];
  /** What the user said of the engine, in place of the endpoint's own statement. */
  readonly engineTokensPerSecond?: number | undefined;
  readonly summary: LatencySummary;
};

/** A latency probe read back with its calls: figures can be computed anew from it. */
export type KeptProbe = { readonly probe: LatencyProbe; readonly calls: readonly ProbeCall[] };
