import type { ServerTiming } from '../../domain/model/stream.ts';
import { asCount, asRecord, type JsonRecord, secondsAsMs } from './json.ts';

/** The provider's own clock: Cerebras `time_info`, Groq `x_groq.usage` (also in `usage`), llama.cpp `timings`. */
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
  const text = headers['openai-processing-ms']?.trim();
  const beforeAnswerMs = text === undefined || text === '' ? undefined : asCount(Number(text));
  return beforeAnswerMs === undefined ? undefined : { source: 'openai-processing-ms', beforeAnswerMs };
};
