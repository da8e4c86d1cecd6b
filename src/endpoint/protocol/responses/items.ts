import type { StreamEvent } from '../../../domain/model/stream.ts';
import type { MonotonicNs } from '../../../domain/time.ts';
import { asCount, asList, asRecord, asText, type JsonRecord } from '../json.ts';

type Channel = 'text' | 'tool' | 'reasoning';

/** Reads the output items of one Response; `index` is the item's place in the output. */
export interface ItemReader {
  readonly sawToolCall: boolean;
  added(payload: JsonRecord, at: MonotonicNs): readonly StreamEvent[];
  delta(channel: Channel, payload: JsonRecord, at: MonotonicNs): readonly StreamEvent[];
  done(payload: JsonRecord, at: MonotonicNs): readonly StreamEvent[];
}

/** Keeps which items were streamed: a server that sends an item only when it is done loses nothing. */
export const createItemReader = (origin: string): ItemReader => {
  const announced = new Set<number>();
  const streamed = new Set<number>();
  let sawToolCall = false;

  const announce = (item: JsonRecord, index: number, at: MonotonicNs): readonly StreamEvent[] => {
    const name = asText(item.name);
    if (!isToolCall(item) || name === undefined || announced.has(index)) return [];
    announced.add(index);
    sawToolCall = true;
    return [{ type: 'tool-call-start', at, index, id: asText(item.call_id) ?? `call_${index}`, name }];
  };

  const fragment = (channel: Channel, text: string, index: number, at: MonotonicNs): readonly StreamEvent[] => {
    if (text === '') return [];
    streamed.add(index);
    if (channel === 'tool') return [{ type: 'tool-call-delta', at, index, argumentsText: text }];
    return [{ type: channel === 'text' ? 'text-delta' : 'reasoning-delta', at, text }];
  };

  return {
    get sawToolCall() {
      return sawToolCall;
    },
    added: (payload, at) => announce(asRecord(payload.item) ?? {}, indexOf(payload), at),
    delta: (channel, payload, at) => fragment(channel, asText(payload.delta) ?? '', indexOf(payload), at),
    done: (payload, at) => {
      const item = asRecord(payload.item) ?? {};
      const index = indexOf(payload);
      const missed = streamed.has(index) ? '' : wholeText(item);
      const events = [...announce(item, index, at), ...fragment(isToolCall(item) ? 'tool' : 'text', missed, index, at)];
      if (item.type !== 'reasoning') return events;
      const hidden: readonly StreamEvent[] = streamed.has(index) ? [] : [{ type: 'reasoning-hidden', at }];
      return [...hidden, ...(asText(item.encrypted_content) ? [{ type: 'carry', at, origin, item } as const] : [])];
    },
  };
};

const indexOf = (payload: JsonRecord): number => asCount(payload.output_index) ?? 0;

const isToolCall = (item: JsonRecord): boolean => item.type === 'function_call' || item.type === 'custom_tool_call';

const wholeText = (item: JsonRecord): string => {
  if (isToolCall(item)) return asText(item.arguments) ?? asText(item.input) ?? '';
  if (item.type !== 'message') return '';
  return asList(item.content)
    .map((part) => asText(asRecord(part)?.text) ?? asText(asRecord(part)?.refusal) ?? '')
    .join('');
};
