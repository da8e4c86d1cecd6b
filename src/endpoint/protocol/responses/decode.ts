import { EndpointError } from '../../../domain/model/endpoint-error.ts';
import type { FinishReason, StreamEvent } from '../../../domain/model/stream.ts';
import type { MonotonicNs } from '../../../domain/time.ts';
import type { Frame } from '../../endpoint.ts';
import { frameDecoder, type PayloadReader } from '../frame-decoder.ts';
import { asRecord, asText, type JsonRecord } from '../json.ts';
import { readServerTiming } from '../server-timing.ts';
import { streamFailure } from '../stream-failure.ts';
import { createItemReader } from './items.ts';
import { readUsage } from './usage.ts';

/** A decoder of one Response, over SSE or a WebSocket: the payloads are the same. */
export const createDecoder = (origin: string): ((frame: Frame) => readonly StreamEvent[]) =>
  frameDecoder({ read: createReader(origin), terminal: 'response.completed' });

const createReader = (origin: string): PayloadReader => {
  const items = createItemReader(origin);
  return (payload, at) => {
    switch (payload.type) {
      case 'response.created':
        return readServed(payload, at);
      case 'response.output_item.added':
        return items.added(payload, at);
      case 'response.output_text.delta':
      case 'response.refusal.delta':
        return items.delta('text', payload, at);
      case 'response.function_call_arguments.delta':
      case 'response.custom_tool_call_input.delta':
        return items.delta('tool', payload, at);
      case 'response.reasoning_text.delta':
        return items.delta('reasoning', payload, at);
      case 'response.reasoning_summary_text.delta':
        return [{ type: 'reasoning-hidden', at }, ...items.delta('reasoning', payload, at)];
      case 'response.output_item.done':
        return items.done(payload, at);
      case 'response.completed':
        return readEnd(payload, at, { unified: items.sawToolCall ? 'tool-calls' : 'stop', raw: 'completed' });
      case 'response.incomplete':
        return readEnd(payload, at, incompleteReason(payload));
      case 'response.steer.pending':
        throw notSteered(payload);
      case 'response.failed':
        throw streamFailure({ error: asRecord(payload.response)?.error ?? { message: 'response.failed' } });
      default:
        // Servers add types at will: unknown ones are no reason to fail.
        return [];
    }
  };
};

const readServed = (payload: JsonRecord, at: MonotonicNs): readonly StreamEvent[] => {
  const response = asRecord(payload.response);
  const model = asText(response?.model);
  const serviceTier = asText(response?.service_tier);
  return [{ type: 'served', at, model, serviceTier, responseId: asText(response?.id) }];
};

/** The tier in the terminal event is the one that served, whatever was asked for. */
const readEnd = (payload: JsonRecord, at: MonotonicNs, reason: FinishReason): readonly StreamEvent[] => {
  const response = asRecord(payload.response) ?? {};
  const usage = readUsage(response.usage);
  const timing = readServerTiming(response);
  return [
    ...readServed(payload, at),
    ...(usage === undefined ? [] : [{ type: 'usage', at, usage } as const]),
    ...(timing === undefined ? [] : [{ type: 'server-timing', at, timing } as const]),
    { type: 'finish', at, reason },
    { type: 'end', at },
  ];
};

/** The redirection came too late: the answer was whole, and waits for the results of its tool calls. */
const notSteered = (payload: JsonRecord): EndpointError =>
  new EndpointError('invalid-request', `did not steer its answer: ${asText(payload.reason) ?? 'it is pending'}`, {
    phase: 'mid-stream',
  });

const incompleteReason = (payload: JsonRecord): FinishReason => {
  const raw = asText(asRecord(asRecord(payload.response)?.incomplete_details)?.reason) ?? 'incomplete';
  if (raw === 'max_output_tokens') return { unified: 'length', raw };
  return { unified: raw === 'content_filter' ? 'content-filter' : 'other', raw };
};
