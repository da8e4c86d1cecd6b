import type { Usage } from '../../../domain/model/stream.ts';
import { asCount, asRecord } from '../json.ts';

/** Usage as OpenAI states it: `prompt_tokens` includes the cached ones, `completion_tokens` includes reasoning. */
export const readUsage = (value: unknown): Usage | undefined => {
  const usage = asRecord(value);
  if (usage === undefined) return undefined;
  const input = asCount(usage.prompt_tokens);
  const completion = asCount(usage.completion_tokens);
  const reasoning = asCount(asRecord(usage.completion_tokens_details)?.reasoning_tokens);
  if (input === undefined && completion === undefined) return undefined;
  return {
    input,
    cachedInput: asCount(asRecord(usage.prompt_tokens_details)?.cached_tokens),
    output: withReasoning(completion, reasoning, asCount(usage.total_tokens), input),
    reasoning,
  };
};

/** A few providers count reasoning beside the completion; then only all three add up to their total. */
const withReasoning = (
  completion: number | undefined,
  reasoning: number | undefined,
  total: number | undefined,
  input: number | undefined,
): number | undefined => {
  if (completion === undefined || reasoning === undefined || total === undefined || input === undefined) {
    return completion;
  }
  return reasoning > 0 && total === input + completion + reasoning ? completion + reasoning : completion;
};
