import type { FinishReason, StreamEvent } from '../../../domain/model/stream.ts';
import type { MonotonicNs } from '../../../domain/time.ts';
import type { Frame } from '../../endpoint.ts';
import { frameDecoder, type PayloadReader } from '../frame-decoder.ts';
import { asList, asRecord, asText, type JsonRecord } from '../json.ts';
import { readServerTiming } from '../server-timing.ts';
import { streamFailure } from '../stream-failure.ts';
import { createToolCallReader } from './tool-calls.ts';
import { readUsage } from './usage.ts';

/** A decoder of one Chat Completions stream, which ends with `[DONE]`. */
export const createDecoder = (): ((frame: Frame) => readonly StreamEvent[]) =>
  frameDecoder({ read: createChunkReader(), terminal: '[DONE]', endText: '[DONE]' });

const createChunkReader = (): PayloadReader => {
  const readToolCalls = createToolCallReader();
  const readServed = createServedReader();
  return (chunk, at) => {
    const groqFailure = asRecord(chunk.x_groq)?.error;
    if (groqFailure !== undefined && groqFailure !== null) throw streamFailure({ error: groqFailure });
    const events: StreamEvent[] = readServed(chunk, at);
    const choice = asRecord(asList(chunk.choices)[0]);
    const delta = asRecord(choice?.delta);
    if (delta !== undefined) {
      // DeepSeek, llama.cpp and SGLang say `reasoning_content`; Cerebras, Groq, OpenRouter and newer vLLM `reasoning`.
      const reasoning = asText(delta.reasoning_content) || asText(delta.reasoning) || '';
      const text = asText(delta.content) || asText(delta.refusal) || '';
      if (reasoning !== '') events.push({ type: 'reasoning-delta', at, text: reasoning });
      if (text !== '') events.push({ type: 'text-delta', at, text });
      if (delta.tool_calls !== undefined) events.push(...readToolCalls(delta.tool_calls, at));
    }
    const finish = asText(choice?.finish_reason);
    if (finish !== undefined) events.push({ type: 'finish', at, reason: finishReason(finish) });
    const usage = readUsage(chunk.usage ?? asRecord(chunk.x_groq)?.usage);
    if (usage !== undefined) events.push({ type: 'usage', at, usage });
    const timing = readServerTiming(chunk);
    if (timing !== undefined) events.push({ type: 'server-timing', at, timing });
    return events;
  };
};

/** Who really answered is repeated in every chunk: told once, and again when it changes. */
const createServedReader = (): ((chunk: JsonRecord, at: MonotonicNs) => StreamEvent[]) => {
  let told: readonly (string | undefined)[] = [];
  return (chunk, at) => {
    const model = asText(chunk.model);
    const serviceTier = asText(chunk.service_tier);
    const responseId = asText(chunk.id);
    const isNew = model !== told[0] || serviceTier !== told[1] || responseId !== told[2];
    told = [model, serviceTier, responseId];
    return isNew ? [{ type: 'served', at, model, serviceTier, responseId }] : [];
  };
};

const unified: Readonly<Record<string, FinishReason['unified']>> = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'content-filter',
};

const finishReason = (raw: string): FinishReason => ({ unified: unified[raw] ?? 'other', raw });
