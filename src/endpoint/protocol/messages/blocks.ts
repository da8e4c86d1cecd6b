import type { StreamEvent } from '../../../domain/model/stream.ts';
import type { MonotonicNs } from '../../../domain/time.ts';
import { asCount, asRecord, asText, type JsonRecord } from '../json.ts';

/** Reads the content blocks of one message. */
export interface BlockReader {
  start(payload: JsonRecord, at: MonotonicNs): readonly StreamEvent[];
  delta(payload: JsonRecord, at: MonotonicNs): readonly StreamEvent[];
  stop(payload: JsonRecord, at: MonotonicNs): readonly StreamEvent[];
}

export type BlockOptions = { readonly origin: string; readonly showsAllThinking: boolean };

/** Thinking is put together again with its signature, since the provider wants it back unchanged. */
export const createBlockReader = ({ origin, showsAllThinking }: BlockOptions): BlockReader => {
  const thinking = new Map<number, { type: 'thinking'; thinking: string; signature: string }>();
  const hidden = (at: MonotonicNs): readonly StreamEvent[] =>
    showsAllThinking ? [] : [{ type: 'reasoning-hidden', at }];
  return {
    start: (payload, at) => {
      const index = indexOf(payload);
      const block = asRecord(payload.content_block) ?? {};
      switch (block.type) {
        case 'text':
          return text(asText(block.text), at);
        case 'tool_use':
          return [{ type: 'tool-call-start', at, index, id: asText(block.id) ?? '', name: asText(block.name) ?? '' }];
        case 'thinking':
          thinking.set(index, { type: 'thinking', thinking: '', signature: '' });
          return hidden(at);
        case 'redacted_thinking':
          return [
            { type: 'reasoning-hidden', at },
            { type: 'carry', at, origin, item: block },
          ];
        default:
          return [];
      }
    },
    delta: (payload, at) => {
      const index = indexOf(payload);
      const delta = asRecord(payload.delta) ?? {};
      const thought = thinking.get(index);
      switch (delta.type) {
        case 'text_delta':
          return text(asText(delta.text), at);
        case 'input_json_delta':
          return [{ type: 'tool-call-delta', at, index, argumentsText: asText(delta.partial_json) ?? '' }];
        case 'thinking_delta':
          if (thought !== undefined) thought.thinking += asText(delta.thinking) ?? '';
          return [{ type: 'reasoning-delta', at, text: asText(delta.thinking) ?? '' }];
        case 'signature_delta':
          if (thought !== undefined) thought.signature += asText(delta.signature) ?? '';
          return [];
        default:
          return [];
      }
    },
    stop: (payload, at) => {
      const item = thinking.get(indexOf(payload));
      return item === undefined || item.signature === '' ? [] : [{ type: 'carry', at, origin, item }];
    },
  };
};

const indexOf = (payload: JsonRecord): number => asCount(payload.index) ?? 0;

const text = (written: string | undefined, at: MonotonicNs): readonly StreamEvent[] =>
  written === undefined || written === '' ? [] : [{ type: 'text-delta', at, text: written }];
