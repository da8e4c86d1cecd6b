import type { WireEvent } from '../protocol.ts';
import type { OutputItem } from './item.ts';

/** Type and head of an item's delta events. */
type Delta = { readonly type: string; readonly head: string };

type OpenItem = {
  readonly part: number;
  text: string;
  /** Absent where the item has no deltas. */
  readonly delta: Delta | undefined;
};

/** Opens, fills and closes the output items of one response, one at a time. */
export type ItemWriter = {
  /** The items closed so far, as they stand in the response. */
  readonly done: readonly unknown[];
  open(part: number): readonly WireEvent[];
  /** Closes what is open and opens this part, unless it is the open one. */
  switchTo(part: number): readonly WireEvent[];
  /** Adds text to the open item; how its deltas begin, where it has any. */
  append(text: string): Delta | undefined;
  close(status?: string): readonly WireEvent[];
  /** Takes an item as finished without any event: for an answer in one piece. */
  finishWhole(part: number, text: string): void;
};

export const itemWriter = (
  shapes: readonly OutputItem[],
  event: (type: string, fields: object) => WireEvent,
): ItemWriter => {
  const done: unknown[] = [];
  let current: OpenItem | undefined;
  const open = (part: number): readonly WireEvent[] => {
    const shape = shapes[part];
    if (shape === undefined) return [];
    const added = event('response.output_item.added', { output_index: part, item: shape.item('', 'in_progress') });
    const delta = shape.delta && {
      type: shape.delta[0],
      head: JSON.stringify({ type: shape.delta[0], ...shape.delta[1] }).slice(0, -1),
    };
    current = { part, text: '', delta };
    return [added, ...shape.opening.map(([type, fields]) => event(type, fields))];
  };
  const close = (status = 'completed'): readonly WireEvent[] => {
    const shape = current && shapes[current.part];
    if (current === undefined || shape === undefined) return [];
    const item = shape.item(current.text, status);
    const events = shape.closing(current.text).map(([type, fields]) => event(type, fields));
    events.push(event('response.output_item.done', { output_index: current.part, item }));
    done.push(item);
    current = undefined;
    return events;
  };
  return {
    done,
    open,
    close,
    switchTo: (part) => (current?.part === part ? [] : [...close(), ...open(part)]),
    append: (text) => {
      if (current === undefined) return undefined;
      current.text += text;
      return current.delta;
    },
    finishWhole: (part, text) => {
      const item = shapes[part]?.item(text, 'completed');
      if (item !== undefined) done.push(item);
    },
  };
};
