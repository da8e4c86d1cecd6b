import type { Payload, Wire } from './wire.ts';

const chunk = (fields: Readonly<Record<string, unknown>>): Payload => ({
  data: JSON.stringify({ id: 'answer-1', object: 'chat.completion.chunk', model: 'served-model', ...fields }),
});

const delta = (fields: unknown, finish: string | null = null): Payload =>
  chunk({ choices: [{ index: 0, delta: fields, finish_reason: finish }], usage: null });

/** Chat Completions as servers write it. */
export const chatWire: Wire = {
  opening: [delta({ role: 'assistant', content: '' })],
  text: (content) => delta({ content }),
  reasoning: (reasoning_content) => delta({ reasoning_content }),
  toolCall: ({ id, name }, fragments) => [
    delta({ tool_calls: [{ index: 0, id, type: 'function', function: { name, arguments: '' } }] }),
    ...fragments.map((written) => delta({ tool_calls: [{ index: 0, function: { arguments: written } }] })),
  ],
  noise: [chunk({ choices: [], later_invention: { a: 1 } }), delta({ content: null })],
  ending: (reason, usage) => [
    delta({}, reason === 'stop' ? 'stop' : 'tool_calls'),
    chunk({
      choices: [],
      service_tier: 'priority',
      usage: {
        prompt_tokens: usage.input,
        completion_tokens: usage.output,
        prompt_tokens_details: { cached_tokens: usage.cachedInput },
        completion_tokens_details: { reasoning_tokens: usage.reasoning },
      },
    }),
    { data: '[DONE]' },
  ],
  error: (error) => ({ data: JSON.stringify({ error }) }),
};
