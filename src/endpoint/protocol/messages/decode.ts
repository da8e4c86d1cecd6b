import type { FinishReason, StreamEvent, Usage } from '../../../domain/model/stream.ts';
import type { MonotonicNs } from '../../../domain/time.ts';
import type { Frame } from '../../endpoint.ts';
import { frameDecoder, type PayloadReader } from '../frame-decoder.ts';
import { asRecord, asText, type JsonRecord } from '../json.ts';
import { type BlockOptions, createBlockReader } from './blocks.ts';
import { createUsageReader } from './usage.ts';

/** A decoder of one message stream. */
export const createDecoder = (options: BlockOptions): ((frame: Frame) => readonly StreamEvent[]) =>
  frameDecoder({ read: createReader(options), terminal: 'message_stop' });

const createReader = (options: BlockOptions): PayloadReader => {
  const blocks = createBlockReader(options);
  const readUsage = createUsageReader();
  return (payload, at) => {
    switch (payload.type) {
      case 'message_start':
        return readStart(payload, at, readUsage);
      case 'content_block_start':
        return blocks.start(payload, at);
      case 'content_block_delta':
        return blocks.delta(payload, at);
      case 'content_block_stop':
        return blocks.stop(payload, at);
      case 'message_delta':
        return readDelta(payload, at, readUsage);
      case 'message_stop':
        return [{ type: 'end', at }];
      default:
        // `ping`, and whatever else servers add.
        return [];
    }
  };
};

type ReadUsage = (value: unknown) => Usage | undefined;

const readStart = (payload: JsonRecord, at: MonotonicNs, readUsage: ReadUsage): readonly StreamEvent[] => {
  const message = asRecord(payload.message) ?? {};
  const serviceTier = asText(asRecord(message.usage)?.service_tier);
  const usage = readUsage(message.usage);
  return [
    { type: 'served', at, model: asText(message.model), serviceTier, responseId: asText(message.id) },
    // The output counted here is a beginning, not a result: a stream that is cut leaves it unknown.
    ...(usage === undefined ? [] : [{ type: 'usage', at, usage: { ...usage, output: undefined } } as const]),
  ];
};

const readDelta = (payload: JsonRecord, at: MonotonicNs, readUsage: ReadUsage): readonly StreamEvent[] => {
  const raw = asText(asRecord(payload.delta)?.stop_reason);
  const usage = readUsage(payload.usage);
  return [
    ...(raw === undefined ? [] : [{ type: 'finish', at, reason: finishReason(raw) } as const]),
    ...(usage === undefined ? [] : [{ type: 'usage', at, usage } as const]),
  ];
};

const unified: Readonly<Record<string, FinishReason['unified']>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool-calls',
  refusal: 'content-filter',
};

const finishReason = (raw: string): FinishReason => ({ unified: unified[raw] ?? 'other', raw });
