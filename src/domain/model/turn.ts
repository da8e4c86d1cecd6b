import type { MonotonicNs } from '../time.ts';
import type { Connection, FinishReason, ServerTiming, Usage } from './stream.ts';

/** The channel a fragment belongs to. */
export type Channel = 'reasoning' | 'text' | 'tool';

/**
 * Stamps of one model call, monotonic nanoseconds; absent when it did not happen.
 * Definitions: docs/methodology.md. Names are derived from these in `measure/turn-timing`.
 */
export type TurnStamps = {
  readonly dispatch: MonotonicNs;
  readonly headers?: MonotonicNs | undefined;
  readonly firstEvent?: MonotonicNs | undefined;
  readonly firstContent?: MonotonicNs | undefined;
  readonly firstReasoning?: MonotonicNs | undefined;
  readonly firstText?: MonotonicNs | undefined;
  readonly firstTool?: MonotonicNs | undefined;
  readonly lastContent?: MonotonicNs | undefined;
  readonly terminal?: MonotonicNs | undefined;
};

/** A try of a model call that failed and was retried; visible, never inside TTFT. */
export type FailedTry = {
  readonly dispatch: MonotonicNs;
  readonly failed: MonotonicNs;
  readonly fault: string;
  readonly status?: number | undefined;
  /** Back-off before the next try, in milliseconds. */
  readonly waitedMs: number;
};

/** How an answer was stopped on purpose, midway, to ask for another one. Monotonic nanoseconds. */
export type Interruption = {
  /** The stream was left, its connection closed, or the server told of the new instruction. */
  readonly how: 'sse-abort' | 'websocket-close' | 'steer-event';
  /** When the instruction changed. */
  readonly decided: MonotonicNs;
  /** When the old answer was over for us. */
  readonly stopped: MonotonicNs;
  /** First content of the new answer; undefined where none came. */
  readonly redirected?: MonotonicNs | undefined;
  /** Output tokens of the old answer: paid for, of no use. As the server states them, else by their characters. */
  readonly wastedTokens: number;
  readonly wastedIsEstimate: boolean;
  /** Of them those that came after the decision, by their characters. */
  readonly lateTokens: number;
  /** Why the server could not be told, where that was tried first. */
  readonly refused?: string | undefined;
};

/** One model response with its raw timeline: what the endpoint's transport saw. */
export type Turn = {
  readonly endpoint: string;
  readonly stamps: TurnStamps;
  /** Number of content fragments (chunks) received, and how many tokens' worth the first read carried in characters. */
  readonly contentChunks: number;
  readonly contentCharacters: number;
  readonly firstChunkCharacters: number;
  /** True where the provider said that reasoning was summarised, redacted or omitted. */
  readonly reasoningHidden?: boolean | undefined;
  readonly usage: Usage;
  /** The vocabulary by which we counted `usage.output`, an estimate; absent where the server stated it, or nobody did. */
  readonly outputCountedBy?: string | undefined;
  readonly connection?: Connection | undefined;
  readonly serverTiming?: ServerTiming | undefined;
  readonly served?:
    | {
        readonly model?: string | undefined;
        readonly serviceTier?: string | undefined;
        readonly responseId?: string | undefined;
      }
    | undefined;
  readonly finish?: FinishReason | undefined;
  /** Where it was stopped on purpose. */
  readonly interruption?: Interruption | undefined;
  readonly failedTries: readonly FailedTry[];
  /** Where the call failed for good: what its last try, which this is, failed of. */
  readonly failure?: Pick<FailedTry, 'fault' | 'status'> | undefined;
};

/** A content fragment of the raw timeline: [nanoseconds since dispatch, characters, channel]. Stored columnar in turns.jsonl. */
export type TimelineEntry = readonly [offsetNs: number, characters: number, channel: Channel];
