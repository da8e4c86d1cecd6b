import type { ServerTiming, Usage } from '../../../domain/stream.ts';
import { asCount, asRecord, asText, type JsonRecord, secondsAsMs } from '../json.ts';

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

/** The provider's own clock: Cerebras `time_info`, Groq `x_groq.usage`, llama.cpp `timings`. */
export const readServerTiming = (chunk: JsonRecord): ServerTiming | undefined =>
  secondsTiming('cerebras.time_info', chunk.time_info) ??
  secondsTiming('groq.x_groq', asRecord(chunk.x_groq)?.usage) ??
  secondsTiming('groq.usage', chunk.usage) ??
  llamaTiming(chunk.timings);

const secondsTiming = (source: string, value: unknown): ServerTiming | undefined => {
  const timing = asRecord(value);
  const totalMs = secondsAsMs(timing?.total_time);
  if (timing === undefined || totalMs === undefined) return undefined;
  return {
    source,
    queueMs: secondsAsMs(timing.queue_time),
    prefillMs: secondsAsMs(timing.prompt_time),
    decodeMs: secondsAsMs(timing.completion_time),
    totalMs,
  };
};

const llamaTiming = (value: unknown): ServerTiming | undefined => {
  const timings = asRecord(value);
  const prefillMs = asCount(timings?.prompt_ms);
  const decodeMs = asCount(timings?.predicted_ms);
  if (prefillMs === undefined || decodeMs === undefined) return undefined;
  return { source: 'llamacpp.timings', prefillMs, decodeMs, totalMs: prefillMs + decodeMs };
};

/** Header `openai-processing-ms`: sent before the answer, so it is no total of a stream. */
export const readHeaderTiming = (headers: Readonly<Record<string, string>>): ServerTiming | undefined => {
  const text = asText(headers['openai-processing-ms']);
  const beforeAnswerMs = text === undefined || text.trim() === '' ? undefined : asCount(Number(text));
  return beforeAnswerMs === undefined ? undefined : { source: 'openai-processing-ms', beforeAnswerMs };
};
