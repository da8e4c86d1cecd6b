import type { SegmentName, StopReason } from '../../domain/trial.ts';
import type { TrialOutcome } from '../../measure/trial-facts.ts';

/** Files that the store keeps beside an attempt: paths are relative to the attempt's folder. */
export type AttemptFiles = {
  readonly trialId: string;
  readonly attemptId: string;
  readonly files: readonly { readonly path: string; readonly content: string }[];
};

export type DetailCall = { readonly name: string; readonly argumentsText: string };
export type DetailResult = { readonly text: string; readonly note?: string | undefined };

/** One step as a reader follows it. */
export type DetailStep = {
  readonly source: string;
  readonly at?: string | undefined;
  readonly message: string;
  readonly reasoning: string;
  readonly calls: readonly DetailCall[];
  readonly results: readonly DetailResult[];
  /** Named timings as text, e.g. TTFT 52 ms. */
  readonly timings: readonly string[];
};

/** One trial as the page shows it when it is opened. */
export type TrialDetail = {
  readonly steps: readonly DetailStep[];
  /** The submission's diff, verifier output, and whatever else was kept. */
  readonly files: readonly { readonly path: string; readonly content: string }[];
  /** Why this verdict; the verifier's or the infra error's words. */
  readonly reason?: string | undefined;
  readonly missingTests: readonly string[];
  /** What was left out to keep the page small. */
  readonly cut: readonly string[];
};

/** What the page knows of a trial without opening it. */
export type TrialHead = {
  readonly trialId: string;
  readonly contender: string;
  readonly suite: string;
  readonly task: string;
  readonly index: number;
  readonly outcome: TrialOutcome;
  readonly noVerdictReason?: string | undefined;
  readonly stop: StopReason;
  readonly agentMs?: number | undefined;
  readonly wallMs: number;
  readonly segments: Readonly<Record<SegmentName, number>>;
};
