import type { StreamEvent } from '../../../domain/model/stream.ts';
import type { MonotonicNs } from '../../../domain/time.ts';
import { asCount, asList, asRecord, asText } from '../json.ts';

/** Assembles the pieces of tool calls; keeps which calls have been announced. One per answer. */
export const createToolCallReader = (): ((value: unknown, at: MonotonicNs) => readonly StreamEvent[]) => {
  const ids: (string | undefined)[] = [];

  /** Some servers leave `index` out: then a new id is a new call, and a piece without id belongs to the last. */
  const indexOf = (index: number | undefined, id: string | undefined): number => {
    if (index !== undefined) return index;
    const known = id === undefined ? ids.length - 1 : ids.indexOf(id);
    return known >= 0 ? known : ids.length;
  };

  return (value, at) =>
    asList(value).flatMap((item): readonly StreamEvent[] => {
      const call = asRecord(item);
      const called = asRecord(call?.function);
      const id = asText(call?.id) || undefined;
      const name = asText(called?.name) || undefined;
      const index = indexOf(asCount(call?.index), id);
      const argumentsText = writeArguments(called?.arguments);
      const events: StreamEvent[] = [];
      if (name !== undefined && ids[index] === undefined) {
        ids[index] = id ?? `call_${index}`;
        events.push({ type: 'tool-call-start', at, index, id: ids[index], name });
      }
      if (argumentsText !== '') events.push({ type: 'tool-call-delta', at, index, argumentsText });
      return events;
    });
};

/** JSON text as the model wrote it; servers that parsed it already are undone. */
const writeArguments = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  return asText(value) ?? JSON.stringify(value);
};
