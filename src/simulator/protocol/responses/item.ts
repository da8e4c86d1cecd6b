import type { PlannedPart } from '../../plan/turn.ts';

type Fields = Readonly<Record<string, unknown>>;
type NamedEvent = readonly [type: string, fields: Fields];

/** How one part of a turn looks as an output item, and the events around its deltas. */
export type OutputItem = {
  readonly item: (text: string, status: string) => Fields;
  readonly opening: readonly NamedEvent[];
  /** Absent where the item has no deltas. */
  readonly delta?: NamedEvent | undefined;
  readonly closing: (text: string) => readonly NamedEvent[];
};

const reasoningItem = (id: string, where: Fields): OutputItem => {
  const at = { ...where, content_index: 0 };
  const part = (text: string) => ({ type: 'reasoning_text', text });
  return {
    item: (text, status) => ({ id, type: 'reasoning', status, summary: [], content: text === '' ? [] : [part(text)] }),
    opening: [['response.content_part.added', { ...at, part: part('') }]],
    delta: ['response.reasoning_text.delta', at],
    closing: (text) => [
      ['response.reasoning_text.done', { ...at, text }],
      ['response.content_part.done', { ...at, part: part(text) }],
    ],
  };
};

const hiddenItem = (id: string): OutputItem => ({
  item: (_, status) => ({ id, type: 'reasoning', status, summary: [], encrypted_content: 'simulated' }),
  opening: [],
  closing: () => [],
});

const summaryItem = (id: string, where: Fields): OutputItem => {
  const at = { ...where, summary_index: 0 };
  const part = (text: string) => ({ type: 'summary_text', text });
  return {
    item: (text, status) => ({
      id,
      type: 'reasoning',
      status,
      summary: text === '' ? [] : [part(text)],
      encrypted_content: 'simulated',
    }),
    opening: [['response.reasoning_summary_part.added', { ...at, part: part('') }]],
    delta: ['response.reasoning_summary_text.delta', at],
    closing: (text) => [
      ['response.reasoning_summary_text.done', { ...at, text }],
      ['response.reasoning_summary_part.done', { ...at, part: part(text) }],
    ],
  };
};

const messageItem = (id: string, where: Fields): OutputItem => {
  const at = { ...where, content_index: 0 };
  const part = (text: string) => ({ type: 'output_text', text, annotations: [], logprobs: [] });
  return {
    item: (text, status) => ({
      id,
      type: 'message',
      status,
      role: 'assistant',
      content: text === '' ? [] : [part(text)],
    }),
    opening: [['response.content_part.added', { ...at, part: part('') }]],
    delta: ['response.output_text.delta', { ...at, logprobs: [] }],
    closing: (text) => [
      ['response.output_text.done', { ...at, text, logprobs: [] }],
      ['response.content_part.done', { ...at, part: part(text) }],
    ],
  };
};

const functionItem = (id: string, where: Fields, call: { call_id: string; name: string }): OutputItem => ({
  item: (text, status) => ({ id, type: 'function_call', status, ...call, arguments: text }),
  opening: [],
  delta: ['response.function_call_arguments.delta', where],
  closing: (text) => [['response.function_call_arguments.done', { ...where, name: call.name, arguments: text }]],
});

const customItem = (id: string, where: Fields, call: { call_id: string; name: string }): OutputItem => ({
  item: (text, status) => ({ id, type: 'custom_tool_call', status, ...call, input: text }),
  opening: [],
  delta: ['response.custom_tool_call_input.delta', where],
  closing: (text) => [['response.custom_tool_call_input.done', { ...where, input: text }]],
});

/** OpenAI's own shell has no deltas: the whole command comes with the item. */
const localShellItem = (id: string, call: { call_id: string }, command: unknown): OutputItem => ({
  item: (_, status) => ({ id, type: 'local_shell_call', status, ...call, action: { type: 'exec', env: {}, command } }),
  opening: [],
  closing: () => [],
});

/** The output item of a part; `index` is its place in the response. */
export const outputItem = (
  part: PlannedPart,
  index: number,
  context: { readonly requestId: string; readonly asSummary: boolean },
): OutputItem => {
  const { requestId, asSummary } = context;
  const idOf = (prefix: string) => `${prefix}_${requestId}_${index}`;
  const where = (prefix: string) => ({ item_id: idOf(prefix), output_index: index });
  if (part.channel === 'reasoning') {
    if (!part.sent) return hiddenItem(idOf('rs'));
    return asSummary ? summaryItem(idOf('rs'), where('rs')) : reasoningItem(idOf('rs'), where('rs'));
  }
  if (part.channel === 'text' || part.call === undefined) return messageItem(idOf('msg'), where('msg'));
  const { id, tool } = part.call;
  switch (tool.kind) {
    case 'function':
      return functionItem(idOf('fc'), where('fc'), { call_id: id, name: tool.name });
    case 'custom':
      return customItem(idOf('ctc'), where('ctc'), { call_id: id, name: tool.name });
    case 'local_shell':
      return localShellItem(idOf('lsh'), { call_id: id }, JSON.parse(part.tokens.join('')).command);
  }
};
