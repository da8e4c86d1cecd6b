import type { ProbeHeader } from '../probe.ts';
import type { LoadFigures } from './summary.ts';

/** A finished agent replay: all but its calls, which stand in calls.jsonl. */
export type AgentReplay = ProbeHeader & {
  readonly kind: 'agent-replay';
  /** The recorded run whose conversations were held again. */
  readonly source: { readonly runId: string; readonly jobs: number; readonly turns: number };
  readonly agents: readonly number[];
  /** 1 as recorded, 0 none. */
  readonly pauses: number;
  readonly figures: readonly LoadFigures[];
};
