import type { ProbeHeader } from '../probe.ts';
import type { SteeringFigures } from './summary.ts';

/** A finished steering probe: all but its calls, which stand in calls.jsonl. */
export type SteeringProbe = ProbeHeader & {
  readonly kind: 'steering';
  readonly rounds: number;
  readonly afterOutputTokens: number;
  readonly figures: readonly SteeringFigures[];
};
