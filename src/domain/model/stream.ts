import type { MonotonicNs } from '../time.ts';

/** Token counts as the provider stated them, normalised: `input` includes cached tokens. Unknown is undefined, never 0. */
export type Usage = {
  readonly input?: number | undefined;
  readonly cachedInput?: number | undefined;
  readonly cacheWrite?: number | undefined;
  /** Includes reasoning tokens. */
  readonly output?: number | undefined;
  readonly reasoning?: number | undefined;
};

/** Why the model stopped, in our words and in the provider's. */
export type FinishReason = {
  readonly unified: 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'other';
  readonly raw: string;
};

/** How the connection came about, in milliseconds; a reused one has no phases. */
export type Connection = {
  readonly reused: boolean;
  readonly dnsMs?: number | undefined;
  readonly tcpMs?: number | undefined;
  readonly tlsMs?: number | undefined;
  readonly upgradeMs?: number | undefined;
  /** The transport really used, where the provider refused the one asked for. */
  readonly fallback?: string | undefined;
};

/** The provider's own clock of this call, in milliseconds. */
export type ServerTiming = {
  readonly source: string;
  readonly queueMs?: number | undefined;
  readonly prefillMs?: number | undefined;
  readonly decodeMs?: number | undefined;
  readonly totalMs?: number | undefined;
  /** What the server says it spent before it answered; with a streamed answer this is not a total. */
  readonly beforeAnswerMs?: number | undefined;
};

/**
 * What arrives from a model, in order of arrival. `at` is stamped by the transport in its data callback, before any
 * parsing; events that came in one read share a stamp.
 */
export type StreamEvent =
  | { readonly type: 'dispatch'; readonly at: MonotonicNs }
  | { readonly type: 'connection'; readonly at: MonotonicNs; readonly connection: Connection }
  | {
      readonly type: 'headers';
      readonly at: MonotonicNs;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly type: 'reasoning-delta'; readonly at: MonotonicNs; readonly text: string }
  /** The model reasons without showing all of it: a summary, a redacted or an omitted block. */
  | { readonly type: 'reasoning-hidden'; readonly at: MonotonicNs }
  | { readonly type: 'text-delta'; readonly at: MonotonicNs; readonly text: string }
  | {
      readonly type: 'tool-call-start';
      readonly at: MonotonicNs;
      readonly index: number;
      readonly id: string;
      readonly name: string;
    }
  | {
      readonly type: 'tool-call-delta';
      readonly at: MonotonicNs;
      readonly index: number;
      readonly argumentsText: string;
    }
  /** Something to be given back with the next request: see Carried. */
  | { readonly type: 'carry'; readonly at: MonotonicNs; readonly origin: string; readonly item: unknown }
  | { readonly type: 'usage'; readonly at: MonotonicNs; readonly usage: Usage }
  | {
      readonly type: 'served';
      readonly at: MonotonicNs;
      readonly model?: string | undefined;
      readonly serviceTier?: string | undefined;
      readonly responseId?: string | undefined;
    }
  | { readonly type: 'server-timing'; readonly at: MonotonicNs; readonly timing: ServerTiming }
  | { readonly type: 'finish'; readonly at: MonotonicNs; readonly reason: FinishReason }
  | { readonly type: 'end'; readonly at: MonotonicNs };
