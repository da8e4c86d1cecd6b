import { obfuscation } from '../obfuscation.ts';
import type { EncodeContext, Encoder, WireEvent } from '../protocol.ts';
import { responseObject } from './envelope.ts';
import { outputItem } from './item.ts';

/** The Responses API can also end a response before its time, and say other things in its sequence. */
export type ResponsesEncoder = Encoder & {
  /** Ends the response where it stands: closes the open item and says why. */
  incomplete(reason: string): readonly WireEvent[];
  /** Any other event, in sequence. */
  event(type: string, fields: Readonly<Record<string, unknown>>): WireEvent;
};

type OpenItem = {
  readonly part: number;
  text: string;
  /** Type and head of the item's delta events; absent where it has none. */
  readonly delta: { readonly type: string; readonly head: string } | undefined;
};

/** Puts a planned turn into the events of the Responses API, each with its sequence number. */
export const responsesEncoder = (context: EncodeContext): ResponsesEncoder => {
  const { turn, profile, request, requestId } = context;
  const asSummary = profile.reasoning.responses_form === 'summary';
  const items = turn.parts.map((part, index) => outputItem(part, index, { requestId, asSummary }));
  const pad = obfuscation(profile.chunks.obfuscation && request.wantsObfuscation);
  const done: unknown[] = [];
  let sequence = 0;
  let outputTokens = 0;
  let open: OpenItem | undefined;

  const event = (type: string, fields: object): WireEvent => ({
    event: type,
    data: JSON.stringify({ type, ...fields, sequence_number: sequence++ }),
  });
  const lifecycle = (type: string, state: Parameters<typeof responseObject>[1]) =>
    event(type, { response: responseObject(context, state) });

  const openItem = (part: number): readonly WireEvent[] => {
    const shape = items[part];
    if (shape === undefined) return [];
    const added = event('response.output_item.added', { output_index: part, item: shape.item('', 'in_progress') });
    const delta = shape.delta && {
      type: shape.delta[0],
      head: JSON.stringify({ type: shape.delta[0], ...shape.delta[1] }).slice(0, -1),
    };
    open = { part, text: '', delta };
    return [added, ...shape.opening.map(([type, fields]) => event(type, fields))];
  };
  const closeItem = (status = 'completed'): readonly WireEvent[] => {
    const shape = open && items[open.part];
    if (open === undefined || shape === undefined) return [];
    const item = shape.item(open.text, status);
    const events = shape.closing(open.text).map(([type, fields]) => event(type, fields));
    events.push(event('response.output_item.done', { output_index: open.part, item }));
    done.push(item);
    open = undefined;
    return events;
  };
  const isCut = turn.finish === 'length';
  const last = () => ({
    status: isCut ? ('incomplete' as const) : ('completed' as const),
    output: done,
    outputTokens: turn.usage.output,
    incompleteReason: isCut ? 'max_output_tokens' : undefined,
  });
  const hidden = turn.parts.filter((part) => !part.sent).reduce((sum, part) => sum + part.tokens.length, 0);

  return {
    event,
    open: () => [
      lifecycle('response.created', { status: 'in_progress', output: [] }),
      lifecycle('response.in_progress', { status: 'in_progress', output: [] }),
      ...(turn.parts[0]?.sent === false ? openItem(0) : []),
    ],
    content: (emission) => {
      const before = open?.part === emission.part ? [] : [...closeItem(), ...openItem(emission.part)];
      outputTokens += emission.tokens;
      if (open === undefined) return before;
      open.text += emission.text;
      if (open.delta === undefined) return before;
      const { type, head } = open.delta;
      const fragments = profile.chunks.empty_deltas ? ['', emission.text] : [emission.text];
      const deltas = fragments.map((text) => ({
        event: type,
        data: `${head},"delta":${JSON.stringify(text)}${pad()},"sequence_number":${sequence++}}`,
      }));
      return [...before, ...deltas];
    },
    finish: () => closeItem(isCut ? 'incomplete' : 'completed'),
    terminal: () => [lifecycle(isCut ? 'response.incomplete' : 'response.completed', last())],
    incomplete: (reason) => [
      ...closeItem('incomplete'),
      lifecycle('response.incomplete', {
        status: 'incomplete',
        output: done,
        outputTokens: outputTokens + hidden,
        incompleteReason: reason,
      }),
    ],
    failure: ({ code, message, param }, asFailed) => {
      if (!asFailed) return [event('error', { code, message, param: param ?? null })];
      const response = responseObject(context, { status: 'failed', output: done });
      return [event('response.failed', { response: { ...response, error: { code, message } } })];
    },
    whole: () => {
      for (const [index, part] of turn.parts.entries()) {
        const item = items[index]?.item(part.tokens.join(''), 'completed');
        if (item !== undefined) done.push(item);
      }
      return responseObject(context, last());
    },
  };
};
