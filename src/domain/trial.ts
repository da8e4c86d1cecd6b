import type { Phase } from './errors.ts';
import type { Usage } from './model/stream.ts';
import type { Turn } from './model/turn.ts';
import type { Difficulty, Limits, NetworkMode } from './task.ts';
import type { Verdict } from './verdict.ts';

/** Why the agent ended. First writer wins. */
export type StopReason =
  | 'submitted'
  | 'step-limit'
  | 'time-limit'
  | 'token-limit'
  | 'context-limit'
  | 'output-limit'
  | 'gave-up'
  | 'cancelled'
  | 'infra-error';

/** Exclusive parts of a trial's wall-clock, in the order in which they are shown. */
export const segmentNames = [
  'queue',
  'sandbox-set-up',
  'model-wait',
  'ttft',
  'decode',
  'tool',
  'harness',
  'verify',
  'teardown',
] as const;
export type SegmentName = (typeof segmentNames)[number];

/** An exclusive stretch of a trial's wall-clock; milliseconds since the trial's start. */
export type Span = {
  readonly name: SegmentName;
  readonly startMs: number;
  readonly endMs: number;
  readonly detail?: string | undefined;
};

/** One entry of the plan: what is to be done, by whom, the how-many-th time. */
export type TrialSpec = {
  /** Hash of suite, task digest, contender and index: the same on every machine, shard and restart. */
  readonly trialId: string;
  readonly suite: string;
  readonly task: string;
  readonly taskDigest: string;
  readonly contender: string;
  /** 0 … k−1 */
  readonly index: number;
};

/** How much the submission changed. */
export type EditSize = { readonly files: number; readonly insertions: number; readonly deletions: number };

/** What this process's event loop did to the stamps of a stretch of time. */
export type LoopDelay = {
  /** The share of the time in which a token would have been stamped too late, 0…1. */
  readonly lateShare: number;
  readonly longestPauseMs: number;
};

/** One immutable line of trials.jsonl: one attempt of one trial. Durations in milliseconds. */
export type TrialRecord = TrialSpec & {
  readonly schema: 1;
  readonly runId: string;
  readonly attemptId: string;
  /** 0 for the first attempt; later ones repeat the same trial after an infra error. */
  readonly attempt: number;
  readonly agent: { readonly name: string; readonly version: string };
  /** The endpoint ids used; empty for the controls. */
  readonly endpoints: readonly string[];
  readonly difficulty: Difficulty;
  readonly category: string;
  readonly tags: readonly string[];
  readonly language?: string | undefined;
  readonly startedAt: string;
  /** From the moment the trial was taken up to its last teardown. The segments add up to it. */
  readonly wallMs: number;
  /** From the instruction given to the agent's stop: the "task duration" of the frontier. Undefined if the agent never started. */
  readonly agentMs?: number | undefined;
  readonly segments: Readonly<Record<SegmentName, number>>;
  readonly stop: StopReason;
  readonly verdict?: Verdict | undefined;
  readonly infraError?: { readonly phase: Phase; readonly code: string; readonly message: string } | undefined;
  readonly steps: number;
  readonly toolCalls: number;
  /** Sum over turns; a count is undefined as soon as one turn did not state it. */
  readonly usage: Usage;
  readonly turns: readonly Turn[];
  readonly edit?: EditSize | undefined;
  readonly environment: {
    readonly imageId?: string | undefined;
    readonly limits: Limits;
    readonly network: NetworkMode;
  };
  /** While the agent was at work; unknown in older records and where it never was. */
  readonly loopDelay?: LoopDelay | undefined;
  /** Why the clock of this trial should not be trusted, if so. */
  readonly degraded: readonly string[];
};
