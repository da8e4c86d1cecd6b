import type { PriceList } from '../domain/model/prices.ts';
import type { Usage } from '../domain/model/stream.ts';
import type { Turn } from '../domain/model/turn.ts';
import type { Difficulty } from '../domain/task.ts';
import type { EditSize, LoopDelay, SegmentName, StopReason, TrialRecord } from '../domain/trial.ts';
import { attemptCostUsd, leastCostUsd } from './cost.ts';
import { estimatedCostUsd } from './estimated-cost.ts';
import { reusedShare, tokensPerEvent } from './self-check.ts';
import { redirectTtftMs, timeToStopMs } from './steering.ts';
import { decodeOf, endToEndOf, type TokensInTime, ttftMs } from './turn-timing.ts';

/** What a trial is worth: judged, or not (and then never a score). */
export type TrialOutcome = 'resolved' | 'unresolved' | 'no-verdict';

/** Why there is no verdict. `invalid` and `tampered` are the verifier's words, the others are our side's. */
export type NoVerdictReason = 'infra-error' | 'invalid' | 'tampered' | 'cancelled' | 'missing';

/** An answer that was stopped since the instruction changed; milliseconds from the change. */
export type Stopped = {
  readonly stopMs?: number | undefined;
  /** To the first content of the new answer. */
  readonly redirectMs?: number | undefined;
  readonly wastedTokens: number;
};

/** How well an attempt could be timed. */
export type SelfCheck = Partial<LoopDelay> & {
  readonly reusedShare?: number | undefined;
  readonly tokensPerEvent?: number | undefined;
};

/** The arithmetic facts of one attempt, small enough to keep for every trial of a run. Durations in milliseconds. */
export type TrialFacts = {
  readonly trialId: string;
  readonly attemptId: string;
  readonly attempt: number;
  readonly contender: string;
  readonly suite: string;
  readonly task: string;
  readonly index: number;
  readonly outcome: TrialOutcome;
  readonly noVerdictReason?: NoVerdictReason | undefined;
  readonly stop: StopReason;
  readonly agentMs?: number | undefined;
  readonly wallMs: number;
  readonly segments: Readonly<Record<SegmentName, number>>;
  readonly steps: number;
  readonly toolCalls: number;
  readonly usage: Usage;
  /** Of the attempt's model calls, in US dollars; of a counted attempt also what is known of the attempts it repeats. */
  readonly costUsd?: number | undefined;
  /** The same of those calls alone that stated their tokens: what it cost at least. Undefined without prices. */
  readonly leastCostUsd?: number | undefined;
  /** About what it cost where some calls did not state their tokens: an estimate, never a cost. Equal to the cost where all did. */
  readonly estimatedCostUsd?: number | undefined;
  /** Sums over the turns that can be timed; both 0 where none can. */
  readonly decode: TokensInTime;
  readonly endToEnd: TokensInTime;
  /** One value a turn that showed any content. */
  readonly ttftMs: readonly number[];
  readonly stopped: readonly Stopped[];
  readonly edit?: EditSize | undefined;
  readonly failedTries: number;
  /** True where we counted the output tokens of a turn, since its server stated none. */
  readonly tokensEstimated: boolean;
  readonly degraded: boolean;
  /** What the attempt's self-check read, where it is known. */
  readonly selfCheck?: SelfCheck | undefined;
  /** Why the clock of this attempt should not be trusted; empty where it may. */
  readonly clockProblems: readonly string[];
  /** Why this outcome, in the verifier's or the infra error's words; cut to a readable length. */
  readonly reason?: string | undefined;
  /** Expected tests that were not passed; the first of them. */
  readonly missingTests: readonly string[];
};

const reasonLength = 500;
const missingTestsKept = 20;

/** Labels of a task that comparisons are sliced by. */
export type TaskFacts = {
  readonly suite: string;
  readonly task: string;
  readonly difficulty: Difficulty;
  readonly category: string;
  readonly tags: readonly string[];
  readonly language?: string | undefined;
};

const sumOf = (parts: readonly (TokensInTime | undefined)[]): TokensInTime =>
  parts.reduce<TokensInTime>(
    (sum, part) => (part === undefined ? sum : { tokens: sum.tokens + part.tokens, ms: sum.ms + part.ms }),
    { tokens: 0, ms: 0 },
  );

const noVerdictReasonOf = ({ verdict, infraError, stop }: TrialRecord): NoVerdictReason | undefined => {
  if (verdict?.outcome === 'resolved' || verdict?.outcome === 'unresolved') return undefined;
  if (verdict !== undefined) return verdict.outcome;
  if (infraError !== undefined || stop === 'infra-error') return 'infra-error';
  return stop === 'cancelled' ? 'cancelled' : 'missing';
};

/** Whether the attempt was judged: a graded trial keeps its grade, even where something of ours broke afterwards. */
const outcomeOf = ({ verdict }: TrialRecord): TrialOutcome =>
  verdict?.outcome === 'resolved' || verdict?.outcome === 'unresolved' ? verdict.outcome : 'no-verdict';

const stoppedOf = (turn: Turn): readonly Stopped[] =>
  turn.interruption === undefined
    ? []
    : [{ stopMs: timeToStopMs(turn), redirectMs: redirectTtftMs(turn), wastedTokens: turn.interruption.wastedTokens }];

/** Takes from a record what the metrics need; a pure function of the log and of the prices in its manifest. */
export const trialFacts = (record: TrialRecord, prices: PriceList): TrialFacts => ({
  trialId: record.trialId,
  attemptId: record.attemptId,
  attempt: record.attempt,
  contender: record.contender,
  suite: record.suite,
  task: record.task,
  index: record.index,
  outcome: outcomeOf(record),
  noVerdictReason: noVerdictReasonOf(record),
  stop: record.stop,
  agentMs: record.agentMs,
  wallMs: record.wallMs,
  segments: record.segments,
  steps: record.steps,
  toolCalls: record.toolCalls,
  usage: record.usage,
  costUsd: attemptCostUsd(record, prices),
  leastCostUsd: leastCostUsd(record, prices),
  estimatedCostUsd: estimatedCostUsd(record, prices),
  decode: sumOf(record.turns.map(decodeOf)),
  endToEnd: sumOf(record.turns.map(endToEndOf)),
  ttftMs: record.turns.map(ttftMs).filter((value) => value !== undefined),
  stopped: record.turns.flatMap(stoppedOf),
  edit: record.edit,
  failedTries: record.turns.reduce((sum, turn) => sum + turn.failedTries.length, 0),
  tokensEstimated: record.turns.some(({ outputCountedBy }) => outputCountedBy !== undefined),
  degraded: record.degraded.length > 0,
  selfCheck: {
    ...record.loopDelay,
    reusedShare: reusedShare(record.turns),
    tokensPerEvent: tokensPerEvent(record.turns),
  },
  clockProblems: record.degraded,
  reason: (record.verdict?.reason ?? record.infraError?.message)?.slice(0, reasonLength),
  missingTests: (record.verdict?.tests?.missing ?? []).slice(0, missingTestsKept),
});

/** The labels of the task that a record belongs to. */
export const taskFacts = (record: TrialRecord): TaskFacts => ({
  suite: record.suite,
  task: record.task,
  difficulty: record.difficulty,
  category: record.category,
  tags: record.tags,
  language: record.language,
});
