import type { Payload, Wire } from './wire.ts';

const event = (type: string, fields: Readonly<Record<string, unknown>> = {}): Payload => ({
  event: type,
  data: JSON.stringify({ type, ...fields }),
});

const delta = (index: number, fields: unknown): Payload => event('content_block_delta', { index, delta: fields });

/** Anthropic Messages as servers write it: block 0 thinks, block 1 is text, block 2 a tool call. */
export const messagesWire: Wire = {
  opening: [
    event('message_start', {
      message: {
        id: 'answer-1',
        role: 'assistant',
        model: 'served-model',
        content: [],
        // The counts are known at the beginning; the test's numbers are 30 in all, of which 10 from the cache.
        usage: {
          input_tokens: 15,
          cache_creation_input_tokens: 5,
          cache_read_input_tokens: 10,
          output_tokens: 1,
          service_tier: 'priority',
        },
      },
    }),
    event('ping'),
    event('content_block_start', { index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } }),
    event('content_block_start', { index: 1, content_block: { type: 'text', text: '' } }),
  ],
  text: (text) => delta(1, { type: 'text_delta', text }),
  reasoning: (thinking) => delta(0, { type: 'thinking_delta', thinking }),
  toolCall: ({ id, name }, fragments) => [
    event('content_block_start', { index: 2, content_block: { type: 'tool_use', id, name, input: {} } }),
    ...fragments.map((partial_json) => delta(2, { type: 'input_json_delta', partial_json })),
    event('content_block_stop', { index: 2 }),
  ],
  noise: [
    event('ping'),
    event('later_invention', { text: 'not content' }),
    delta(1, { type: 'later_delta', text: 'x' }),
  ],
  ending: (reason, usage) => [
    event('content_block_stop', { index: 1 }),
    event('message_delta', {
      delta: { stop_reason: reason === 'stop' ? 'end_turn' : 'tool_use', stop_sequence: null },
      usage: { output_tokens: usage.output },
    }),
    event('message_stop'),
  ],
  error: (error) => event('error', { error }),
};
