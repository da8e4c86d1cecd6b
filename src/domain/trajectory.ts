import type { ToolCall } from './model/message.ts';
import type { Turn } from './model/turn.ts';

/** What one action led to; `text` is what the model was shown. */
export type Observation = {
  readonly toolCallId: string;
  readonly text: string;
  readonly exitCode?: number | undefined;
  readonly durationMs?: number | undefined;
};

/** One model call plus the actions it led to. Controls have steps without a turn. */
export type Step = {
  readonly startedAt: string;
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: readonly ToolCall[];
  readonly observations: readonly Observation[];
  readonly turn?: Turn | undefined;
  /** What the user said next, unasked: the instruction changed. */
  readonly redirect?: string | undefined;
};
