import type { Payload, Wire } from './wire.ts';

/** An event of the Responses API: the same payload over SSE and over a WebSocket. */
export const responsesEvent = (type: string, fields: Readonly<Record<string, unknown>> = {}): Payload => ({
  event: type,
  data: JSON.stringify({ type, ...fields }),
});

const response = (fields: Readonly<Record<string, unknown>> = {}) => ({
  id: 'answer-1',
  model: 'served-model',
  service_tier: 'auto',
  ...fields,
});

/** The Responses API as servers write it. */
export const responsesWire: Wire = {
  opening: [
    responsesEvent('response.created', { response: response() }),
    responsesEvent('response.in_progress', { response: response() }),
    responsesEvent('response.output_item.added', {
      output_index: 1,
      item: { type: 'message', role: 'assistant', content: [] },
    }),
  ],
  text: (delta) =>
    responsesEvent('response.output_text.delta', { output_index: 1, content_index: 0, delta, logprobs: [] }),
  reasoning: (delta) => responsesEvent('response.reasoning_text.delta', { output_index: 0, content_index: 0, delta }),
  toolCall: ({ id, name }, fragments) => [
    responsesEvent('response.output_item.added', {
      output_index: 2,
      item: { type: 'function_call', id: 'fc_1', call_id: id, name, arguments: '' },
    }),
    ...fragments.map((delta) =>
      responsesEvent('response.function_call_arguments.delta', { output_index: 2, item_id: 'fc_1', delta }),
    ),
    responsesEvent('response.function_call_arguments.done', { output_index: 2, arguments: fragments.join('') }),
    responsesEvent('response.output_item.done', {
      output_index: 2,
      item: { type: 'function_call', id: 'fc_1', call_id: id, name, arguments: fragments.join('') },
    }),
  ],
  noise: [
    responsesEvent('response.later_invention.delta', { delta: 'not content' }),
    responsesEvent('response.content_part.added', { output_index: 1, part: { type: 'output_text', text: '' } }),
  ],
  ending: (_reason, usage) => [
    responsesEvent('response.completed', {
      response: response({
        status: 'completed',
        service_tier: 'priority',
        usage: {
          input_tokens: usage.input,
          input_tokens_details: { cached_tokens: usage.cachedInput },
          output_tokens: usage.output,
          output_tokens_details: { reasoning_tokens: usage.reasoning },
        },
      }),
    }),
  ],
  error: ({ type, message }) => responsesEvent('error', { code: type, message, param: null, sequence_number: 7 }),
};
