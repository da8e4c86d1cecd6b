import type { Agent, AgentBudget } from '../../agent/agent.ts';
import type { InfraError, Phase } from '../../domain/errors.ts';
import type { RecordedStream } from '../../domain/model/recorded-stream.ts';
import type { Task } from '../../domain/task.ts';
import type { Clock } from '../../domain/time.ts';
import type { Step } from '../../domain/trajectory.ts';
import type { StopReason, TrialRecord, TrialSpec } from '../../domain/trial.ts';
import type { Verdict } from '../../domain/verdict.ts';
import type { PreparedImage, SandboxProvider } from '../../sandbox/sandbox.ts';
import type { Artifact, Verifier } from '../../verifier/verifier.ts';
import type { WatchedLoop } from '../metering/loop-delay.ts';
import type { CallModel, RecordedTurn } from '../metering/metered-tools.ts';
import type { CountTokens } from '../tokens/count-tokens.ts';

/** A contender, ready to act. The controls have no `call`. */
export type Contender = {
  readonly name: string;
  readonly agent: Agent;
  readonly endpoints: readonly string[];
  readonly model?: string | undefined;
  readonly call?: CallModel | undefined;
  /** The second endpoint of a hybrid. */
  readonly partnerCall?: CallModel | undefined;
};

/** What one attempt needs. */
export type TrialJob = {
  readonly spec: TrialSpec;
  readonly task: Task;
  readonly contender: Contender;
  readonly attempt: number;
  readonly image: PreparedImage | InfraError;
};

export type TrialTools = {
  readonly runId: string;
  readonly provider: SandboxProvider;
  readonly verifierOf: (task: Task) => Verifier;
  /** The streams of a trial, where they are recorded; they are handed out once. */
  readonly takeStreams?: ((trialId: string) => readonly RecordedStream[]) | undefined;
  /** For answers whose server counts no tokens. */
  readonly countTokens: CountTokens;
  readonly budget: AgentBudget;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onStep: (spec: TrialSpec, step: number) => void;
  readonly onVerify: (spec: TrialSpec) => void;
};

/** What is known of an attempt so far; filled in as it goes, so that an error loses nothing. */
export type Notes = {
  readonly attemptId: string;
  readonly startedAt: string;
  readonly steps: Step[];
  readonly turns: RecordedTurn[];
  readonly artifacts: Artifact[];
  agentMs?: number;
  /** Our event loop while the agent was at work. */
  loop?: WatchedLoop;
  submission?: string;
  stop?: StopReason;
  verdict?: Verdict;
  infraError?: { readonly phase: Phase; readonly code: string; readonly message: string };
};

/** A finished attempt: its record, and the files that go beside it. */
export type TrialResult = { readonly record: TrialRecord; readonly artifacts: readonly Artifact[] };
