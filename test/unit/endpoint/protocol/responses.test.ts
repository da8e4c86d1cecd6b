import { describe, expect, it } from 'vitest';
import { EndpointError } from '../../../../src/domain/model/endpoint-error.ts';
import type { Message } from '../../../../src/domain/model/message.ts';
import type { StreamEvent } from '../../../../src/domain/model/stream.ts';
import { responses } from '../../../../src/endpoint/protocol/responses/protocol.ts';
import { decodePayloads } from '../../../support/decode-payloads.ts';

const protocol = responses({ model: 'm', settings: { effort: 'low' } });
const events = (...payloads: readonly unknown[]): readonly StreamEvent[] => decodePayloads(protocol, payloads);
const failure = (payload: unknown): unknown => {
  try {
    return events(payload);
  } catch (error) {
    return error;
  }
};

describe('the Responses decoder', () => {
  it('takes an item that was never streamed from its end', () => {
    const call = { type: 'function_call', call_id: 'c', name: 'bash', arguments: '{}' };
    const message = { type: 'message', content: [{ type: 'output_text', text: 'Hi' }] };
    expect(
      events(
        { type: 'response.output_item.done', output_index: 0, item: message },
        { type: 'response.output_item.done', output_index: 1, item: call },
      ),
    ).toEqual([
      { type: 'text-delta', at: 1, text: 'Hi' },
      { type: 'tool-call-start', at: 2, index: 1, id: 'c', name: 'bash' },
      { type: 'tool-call-delta', at: 2, index: 1, argumentsText: '{}' },
    ]);
  });

  it.each([
    ['response.refusal.delta', { type: 'message' }, { type: 'text-delta', text: 'No' }],
    [
      'response.custom_tool_call_input.delta',
      { type: 'custom_tool_call', call_id: 'c', name: 'patch' },
      { type: 'tool-call-delta', index: 0, argumentsText: 'No' },
    ],
  ])('reads %s as it comes, not when its item is done', (type, item, event) => {
    const content = [{ type: 'refusal', refusal: 'No' }];
    const all = events(
      { type: 'response.output_item.added', output_index: 0, item },
      { type, output_index: 0, delta: 'No' },
      { type: 'response.output_item.done', output_index: 0, item: { ...item, content, input: 'No' } },
    );
    expect(all.filter(({ type: kind }) => kind !== 'tool-call-start')).toEqual([{ ...event, at: 2 }]);
  });

  it('says that a summary is not the reasoning, and that an item without text hid it', () => {
    const summary = { type: 'response.reasoning_summary_text.delta', output_index: 0, delta: 'In short' };
    expect(events(summary).map((event) => event.type)).toEqual(['reasoning-hidden', 'reasoning-delta']);
    const item = { type: 'reasoning', summary: [], encrypted_content: 'x=' };
    expect(events({ type: 'response.output_item.done', output_index: 0, item })).toEqual([
      { type: 'reasoning-hidden', at: 1 },
      { type: 'carry', at: 1, origin: 'responses:m', item },
    ]);
    const shown = { type: 'response.reasoning_text.delta', output_index: 0, delta: 'Step one' };
    const done = { type: 'response.output_item.done', output_index: 0, item: { type: 'reasoning' } };
    expect(events(shown, done).map((event) => event.type)).toEqual(['reasoning-delta']);
  });

  it('reads usage, cache writes and the tier that served from the terminal event', () => {
    const usage = {
      input_tokens: 30,
      input_tokens_details: { cached_tokens: 10, cache_write_tokens: 4 },
      output_tokens: 12,
      output_tokens_details: { reasoning_tokens: 5 },
    };
    const response = { id: 'r', model: 'm-2', service_tier: 'priority', status: 'completed', usage };
    expect(events({ type: 'response.completed', response })).toEqual([
      { type: 'served', at: 1, model: 'm-2', serviceTier: 'priority', responseId: 'r' },
      { type: 'usage', at: 1, usage: { input: 30, cachedInput: 10, cacheWrite: 4, output: 12, reasoning: 5 } },
      { type: 'finish', at: 1, reason: { unified: 'stop', raw: 'completed' } },
      { type: 'end', at: 1 },
    ]);
  });

  it("reads the server's own clock where the answer carries it", () => {
    const time_info = { queue_time: 0.001, prompt_time: 0.01, completion_time: 0.2, total_time: 0.25 };
    const [, timing] = events({ type: 'response.completed', response: { id: 'r', time_info } });
    expect(timing).toMatchObject({ type: 'server-timing', timing: { queueMs: 1, prefillMs: 10, decodeMs: 200 } });
  });

  it.each([
    ['max_output_tokens', 'length'],
    ['content_filter', 'content-filter'],
    ['steered', 'other'],
  ])('an incomplete answer because of %s is an answer', (reason, unified) =>
    expect(events({ type: 'response.incomplete', response: { incomplete_details: { reason } } })).toContainEqual({
      type: 'finish',
      at: 1,
      reason: { unified, raw: reason },
    }),
  );

  it.each<[string, unknown, Partial<EndpointError>]>([
    [
      'the wrapped shape, with its status and the wait in its headers',
      {
        type: 'error',
        status: 429,
        error: { type: 'x', code: 'rate_limit_exceeded', message: 'slow', headers: { 'Retry-After': '3' } },
      },
      { fault: 'rate-limited', status: 429, retryAfterMs: 3000 },
    ],
    [
      'the flat shape, with the wait in its words',
      { type: 'error', code: 'rate_limit_exceeded', message: 'Please try again in 1.5s', param: null },
      { fault: 'rate-limited', retryAfterMs: 1500 },
    ],
    [
      'a failed response',
      { type: 'response.failed', response: { status: 'failed', error: { code: 'server_error', message: 'oops' } } },
      { fault: 'server-error' },
    ],
    [
      'a context that is too long',
      { type: 'response.failed', response: { error: { code: 'context_length_exceeded', message: 'too long' } } },
      { fault: 'context-overflow' },
    ],
    [
      'a forgotten answer',
      { type: 'error', status: 400, error: { code: 'previous_response_not_found', message: 'gone' } },
      { fault: 'connection-lost', retryAfterMs: 0 },
    ],
    [
      'the hour being over',
      { type: 'error', status: 400, error: { code: 'websocket_connection_limit_reached', message: '60 minutes' } },
      { fault: 'connection-lost', retryAfterMs: 0 },
    ],
  ])('fails on %s', (_name, payload, expected) => {
    expect(failure(payload)).toBeInstanceOf(EndpointError);
    expect(failure(payload)).toMatchObject(expected);
  });
});

const user: Message = { role: 'user', text: 'Go.' };
const answer: Message = {
  role: 'assistant',
  text: 'Looking.',
  reasoning: '',
  toolCalls: [{ id: 'c', name: 'bash', argumentsText: '{"command":"ls"}' }],
  carried: { origin: 'responses:m', items: [{ type: 'reasoning', encrypted_content: 'x=' }] },
};
const result: Message = { role: 'tool', toolCallId: 'c', name: 'bash', text: 'a.txt' };

describe('the Responses encoder', () => {
  const bodyOf = (messages: readonly Message[], model = 'm') =>
    JSON.parse(
      JSON.stringify(
        responses({ model, settings: { effort: 'low' } }).encode({ sessionId: 's', tools: [], messages }).body,
      ),
    );

  it('writes each role as an item, and gives encrypted reasoning back', () =>
    expect(bodyOf([{ role: 'system', text: 'Be brief.' }, user, answer, result])).toEqual({
      model: 'm',
      instructions: 'Be brief.',
      input: [
        { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Go.' }] },
        { type: 'reasoning', encrypted_content: 'x=' },
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Looking.' }] },
        { type: 'function_call', call_id: 'c', name: 'bash', arguments: '{"command":"ls"}' },
        { type: 'function_call_output', call_id: 'c', output: 'a.txt' },
      ],
      reasoning: { effort: 'low' },
      include: ['reasoning.encrypted_content'],
      prompt_cache_key: 's',
      store: false,
      stream: true,
    }));

  it("does not give another model's reasoning back", () =>
    expect(JSON.stringify(bodyOf([user, answer, result], 'other'))).not.toContain('encrypted_content":"x='));
});

describe('a persistent conversation', () => {
  const encode = (messages: readonly Message[], settings = {}) =>
    responses({ model: 'm', settings }).encode({ sessionId: 's', tools: [], messages }).body;
  const outputs = [
    { type: 'reasoning', id: 'rs_1', encrypted_content: 'x=' },
    {
      type: 'message',
      id: 'msg_1',
      status: 'completed',
      role: 'assistant',
      content: [{ type: 'output_text', text: 'Looking.', annotations: [] }],
    },
    {
      type: 'function_call',
      id: 'fc_1',
      status: 'completed',
      call_id: 'c',
      name: 'bash',
      arguments: '{"command":"ls"}',
    },
  ];
  const begin = () => {
    const conversation = protocol.conversation?.();
    if (conversation === undefined) throw new Error('the protocol has no conversation');
    const ask = (body: unknown, warmUp = false) => JSON.parse(conversation.outgoing(body, { warmUp }));
    const hear = (payload: unknown) => conversation.incoming(JSON.stringify(payload, null, 1));
    const complete = (id: string) => hear({ type: 'response.completed', response: { id } });
    const steer = (body: unknown) => {
      const message = conversation.steering(body);
      return message === undefined ? undefined : JSON.parse(message);
    };
    return { ask, hear, complete, steer };
  };
  const answered = () => {
    const { ask, hear, complete } = begin();
    const first = ask(encode([user]));
    for (const item of outputs) hear({ type: 'response.output_item.done', item });
    expect(complete('r1')).toBe('ended');
    return { ask, hear, complete, first };
  };

  it('begins with everything', () => {
    const { first } = answered();
    expect(first).toMatchObject({ type: 'response.create', model: 'm', store: false });
    expect(first.input).toHaveLength(1);
    expect(first).not.toHaveProperty('previous_response_id');
    expect(first).not.toHaveProperty('stream');
  });

  it('goes on with the new items only', () => {
    const { ask } = answered();
    const next = ask(encode([user, answer, result]));
    expect(next.previous_response_id).toBe('r1');
    expect(next.input).toEqual([{ type: 'function_call_output', call_id: 'c', output: 'a.txt' }]);
  });

  it.each<[string, unknown]>([
    ['an earlier message was changed', encode([{ role: 'user', text: 'Stop.' }, answer, result])],
    ['the answer was changed', encode([user, { ...answer, text: 'Looked.' }, result])],
    ['a tool call was left out', encode([user, { ...answer, toolCalls: [] }, user])],
    ['another setting was made', encode([user, answer, result], { effort: 'high' })],
    ['the history was cut', encode([result])],
  ])('says everything again when %s', (_name, body) => {
    const { ask } = answered();
    expect(ask(body)).not.toHaveProperty('previous_response_id');
  });

  it('chains from the latest answer, not from the first', () => {
    const { ask, hear, complete } = answered();
    ask(encode([user, answer, result]));
    hear({
      type: 'response.output_item.done',
      item: { type: 'message', content: [{ type: 'output_text', text: 'Done.' }] },
    });
    complete('r2');
    const done: Message = { role: 'assistant', text: 'Done.', reasoning: '', toolCalls: [] };
    const next = ask(encode([user, answer, result, done, user]));
    expect(next).toMatchObject({ previous_response_id: 'r2' });
    expect(next.input).toHaveLength(1);
  });

  it.each([
    { type: 'error', status: 500, error: { message: 'x' } },
    { type: 'response.failed', response: { id: 'r1' } },
  ])('forgets with the server after $type', (payload) => {
    const { ask, hear } = answered();
    ask(encode([user, answer, result]));
    expect(hear(payload)).toBe('failed');
    expect(ask(encode([user, answer, result]))).not.toHaveProperty('previous_response_id');
  });

  it('warms up with all but the input, and then chains to it', () => {
    const { ask, complete } = begin();
    expect(ask(encode([user]), true)).toMatchObject({ generate: false, input: [] });
    complete('warm');
    const first = ask(encode([user]));
    expect(first).toMatchObject({ previous_response_id: 'warm' });
    expect(first.input).toHaveLength(1);
    expect(first).not.toHaveProperty('generate');
  });

  describe('whose answer is redirected', () => {
    const partial: Message = { role: 'assistant', text: 'Loo', reasoning: '', toolCalls: [] };
    const other: Message = { role: 'user', text: 'No, stop looking.' };
    const underWay = () => {
      const conversation = begin();
      conversation.ask(encode([user]));
      expect(conversation.hear({ type: 'response.created', response: { id: 'r1' } })).toBe('continues');
      return conversation;
    };

    it('sends the new items alone, without what the model said, and names the answer', () => {
      expect(underWay().steer(encode([user, partial, other]))).toEqual({
        type: 'response.steer',
        previous_response_id: 'r1',
        input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'No, stop looking.' }] }],
      });
    });

    it('ends with the old answer, and then with the one that follows, which can be continued', () => {
      const { steer, hear, complete, ask } = underWay();
      steer(encode([user, partial, other]));
      expect(hear({ type: 'response.steer.accepted', steer: {} })).toBe('continues');
      expect(hear({ type: 'response.incomplete', response: { id: 'r1' } })).toBe('ended');
      expect(hear({ type: 'response.created', response: { id: 'r2' } })).toBe('continues');
      for (const item of outputs) hear({ type: 'response.output_item.done', item });
      expect(complete('r2')).toBe('ended');
      const next = ask(encode([user, partial, other, answer, result]));
      expect(next).toMatchObject({ previous_response_id: 'r2', input: [{ type: 'function_call_output' }] });
      expect(next.input).toHaveLength(1);
    });

    it('says nothing where no answer is under way, or the request does not extend the one being answered', () => {
      const { steer, complete } = underWay();
      expect(steer(encode([other]))).toBeUndefined();
      complete('r1');
      expect(steer(encode([user, partial, other]))).toBeUndefined();
      expect(begin().steer(encode([user]))).toBeUndefined();
    });

    it.each([
      [{ type: 'response.steer.failed', error: { message: 'The response is over.' } }, /The response is over/],
      [{ type: 'response.steer.pending', reason: 'waiting_for_required_input' }, /did not steer.*waiting_for_required/],
    ])('is of no more use after %j', (payload, says) => {
      const { steer, hear, complete } = underWay();
      steer(encode([user, partial, other]));
      complete('r1');
      expect(hear(payload)).toBe('failed');
      expect(() => events(payload)).toThrow(says);
    });
  });

  it('is not ended by the words of an answer', () => {
    const { hear } = begin();
    const delta = '{"type":"response.completed","response":{"id":"fake"}}';
    expect(hear({ type: 'response.output_text.delta', delta })).toBe('continues');
  });
});
