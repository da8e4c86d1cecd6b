import { obfuscation } from '../obfuscation.ts';
import type { EncodeContext, Encoder, WireEvent } from '../protocol.ts';
import { responseObject } from './envelope.ts';
import { outputItem } from './item.ts';
import { itemWriter } from './item-writer.ts';

/** The Responses API can also end a response before its time, and say other things in its sequence. */
export type ResponsesEncoder = Encoder & {
  /** Ends the response where it stands: closes the open item and says why. */
  incomplete(reason: string): readonly WireEvent[];
  /** Any other event, in sequence. */
  event(type: string, fields: Readonly<Record<string, unknown>>): WireEvent;
};

/** Puts a planned turn into the events of the Responses API, each with its sequence number. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one closure over the state of one response; its members are short
export const responsesEncoder = (context: EncodeContext): ResponsesEncoder => {
  const { turn, profile, request, requestId } = context;
  const asSummary = profile.reasoning.responses_form === 'summary';
  const shapes = turn.parts.map((part, index) => outputItem(part, index, { requestId, asSummary }));
  const pad = obfuscation(profile.chunks.obfuscation && request.wantsObfuscation);
  let sequence = 0;
  let outputTokens = 0;

  const event = (type: string, fields: object): WireEvent => ({
    event: type,
    data: JSON.stringify({ type, ...fields, sequence_number: sequence++ }),
  });
  const lifecycle = (type: string, state: Parameters<typeof responseObject>[1]) =>
    event(type, { response: responseObject(context, state) });

  const items = itemWriter(shapes, event);
  const isCut = turn.finish === 'length';
  const last = () => ({
    status: isCut ? ('incomplete' as const) : ('completed' as const),
    output: items.done,
    outputTokens: turn.usage.output,
    incompleteReason: isCut ? 'max_output_tokens' : undefined,
  });
  const hidden = turn.parts.filter((part) => !part.sent).reduce((sum, part) => sum + part.tokens.length, 0);

  return {
    event,
    open: () => [
      lifecycle('response.created', { status: 'in_progress', output: [] }),
      lifecycle('response.in_progress', { status: 'in_progress', output: [] }),
      ...(turn.parts[0]?.sent === false ? items.open(0) : []),
    ],
    content: (emission) => {
      const before = items.switchTo(emission.part);
      outputTokens += emission.tokens;
      const delta = items.append(emission.text);
      if (delta === undefined) return before;
      const fragments = profile.chunks.empty_deltas ? ['', emission.text] : [emission.text];
      const deltas = fragments.map((text) => ({
        event: delta.type,
        data: `${delta.head},"delta":${JSON.stringify(text)}${pad()},"sequence_number":${sequence++}}`,
      }));
      return [...before, ...deltas];
    },
    finish: () => items.close(isCut ? 'incomplete' : 'completed'),
    terminal: () => [lifecycle(isCut ? 'response.incomplete' : 'response.completed', last())],
    incomplete: (reason) => [
      ...items.close('incomplete'),
      lifecycle('response.incomplete', {
        status: 'incomplete',
        output: items.done,
        outputTokens: outputTokens + hidden,
        incompleteReason: reason,
      }),
    ],
    failure: ({ code, message, param }, asFailed) => {
      if (!asFailed) return [event('error', { code, message, param: param ?? null })];
      const response = responseObject(context, { status: 'failed', output: items.done });
      return [event('response.failed', { response: { ...response, error: { code, message } } })];
    },
    whole: () => {
      for (const [index, part] of turn.parts.entries()) {
        items.finishWhole(index, part.tokens.join(''));
      }
      return responseObject(context, last());
    },
  };
};
