import { describe, expect, it } from 'vitest';
import type { StreamEvent } from '../../../../src/domain/model/stream.ts';
import { chatCompletions } from '../../../../src/endpoint/protocol/chat-completions/protocol.ts';
import { decodePayloads } from '../../../support/decode-payloads.ts';

const protocol = chatCompletions({ model: 'm', settings: {} });
const events = (...chunks: readonly unknown[]): readonly StreamEvent[] => decodePayloads(protocol, chunks);
const delta = (fields: unknown) => ({ choices: [{ index: 0, delta: fields }] });
const of = <Type extends StreamEvent['type']>(type: Type, all: readonly StreamEvent[]) =>
  all.filter((event): event is Extract<StreamEvent, { type: Type }> => event.type === type);

describe('the Chat Completions decoder', () => {
  it.each(['reasoning_content', 'reasoning'])('reads the reasoning channel named %s', (channel) =>
    expect(events(delta({ [channel]: 'Hm', content: '' }))).toEqual([{ type: 'reasoning-delta', at: 1, text: 'Hm' }]),
  );

  it('does not read a reasoning that is sent under both names twice', () =>
    expect(of('reasoning-delta', events(delta({ reasoning: 'Hm', reasoning_content: 'Hm' })))).toHaveLength(1));

  it('says nothing of role-only, empty and null deltas', () =>
    expect(
      events(delta({ role: 'assistant', content: '' }), delta({ content: null, reasoning: null }), delta({}), {
        choices: [],
      }),
    ).toEqual([]));

  it('takes output tokens as stated: they include the reasoning', () => {
    const usage = { prompt_tokens: 5, completion_tokens: 12, completion_tokens_details: { reasoning_tokens: 7 } };
    expect(of('usage', events({ choices: [], usage }))[0]?.usage).toMatchObject({ output: 12, reasoning: 7 });
  });

  it('adds reasoning only where the total shows that it was left out', () => {
    const details = { completion_tokens_details: { reasoning_tokens: 7 } };
    const apart = { prompt_tokens: 5, completion_tokens: 12, total_tokens: 24, ...details };
    expect(of('usage', events({ choices: [], usage: apart }))[0]?.usage.output).toBe(19);
    const included = { ...apart, total_tokens: 17 };
    expect(of('usage', events({ choices: [], usage: included }))[0]?.usage.output).toBe(12);
  });

  it('leaves what is not stated undefined', () => {
    const [first] = of('usage', events({ choices: [], usage: { prompt_tokens: 3, completion_tokens: -1 } }));
    expect(first?.usage).toEqual({ input: 3, cachedInput: undefined, output: undefined, reasoning: undefined });
    expect(of('usage', events({ choices: [], usage: null }, { choices: [] }))).toEqual([]);
  });

  it.each([
    [
      'cerebras.time_info',
      { time_info: { queue_time: 0.001, prompt_time: 0.01, completion_time: 0.2, total_time: 0.25 } },
    ],
    ['groq.usage', { usage: { queue_time: 0.001, prompt_time: 0.01, completion_time: 0.2, total_time: 0.25 } }],
    [
      'groq.x_groq',
      { x_groq: { usage: { queue_time: 0.001, prompt_time: 0.01, completion_time: 0.2, total_time: 0.25 } } },
    ],
  ])('reads the server times of %s, in seconds', (source, fields) =>
    expect(of('server-timing', events({ choices: [], ...fields }))[0]?.timing).toEqual({
      source,
      queueMs: 1,
      prefillMs: 10,
      decodeMs: 200,
      totalMs: 250,
    }),
  );

  it('takes an event of nothing for a sign of life', () => {
    const decode = protocol.decoder();
    for (const data of ['', ' ']) expect(decode({ kind: 'data', at: 1, data })).toEqual([]);
    expect(decode({ kind: 'data', at: 2, data: '[DONE]' })).toEqual([{ type: 'end', at: 2 }]);
  });

  it('reads nothing after the end', () => {
    const decode = protocol.decoder();
    expect(decode({ kind: 'data', at: 1, data: '[DONE]' })).toEqual([{ type: 'end', at: 1 }]);
    for (const data of ['[DONE]', '{"error":"late"}', 'no JSON', JSON.stringify(delta({ content: 'late' }))])
      expect(decode({ kind: 'data', at: 2, data })).toEqual([]);
    expect(decode({ kind: 'close', at: 3 })).toEqual([]);
  });

  it('reads usage from where Groq puts it, and a refusal as text', () => {
    const x_groq = { id: 'r', usage: { prompt_tokens: 3, completion_tokens: 4 } };
    expect(of('usage', events({ choices: [], x_groq }))[0]?.usage).toMatchObject({ input: 3, output: 4 });
    expect(of('text-delta', events(delta({ refusal: 'No.' })))).toEqual([{ type: 'text-delta', at: 1, text: 'No.' }]);
  });

  it('reads the server times of llama.cpp, in milliseconds', () =>
    expect(
      of('server-timing', events({ choices: [], timings: { prompt_ms: 12.5, predicted_ms: 100 } }))[0]?.timing,
    ).toEqual({ source: 'llamacpp.timings', prefillMs: 12.5, decodeMs: 100, totalMs: 112.5 }));

  it('keeps parallel tool calls apart, with index or without', () => {
    const indexed = events(
      delta({ tool_calls: [{ index: 0, id: 'a', function: { name: 'x', arguments: '' } }] }),
      delta({ tool_calls: [{ index: 1, id: 'b', function: { name: 'y', arguments: '{' } }] }),
      delta({
        tool_calls: [
          { index: 0, function: { arguments: '{}' } },
          { index: 1, function: { arguments: '}' } },
        ],
      }),
    );
    expect(of('tool-call-start', indexed).map(({ index, id, name }) => [index, id, name])).toEqual([
      [0, 'a', 'x'],
      [1, 'b', 'y'],
    ]);
    expect(of('tool-call-delta', indexed).map(({ index, argumentsText }) => [index, argumentsText])).toEqual([
      [1, '{'],
      [0, '{}'],
      [1, '}'],
    ]);
    const unindexed = events(
      delta({ tool_calls: [{ id: 'a', function: { name: 'x', arguments: { one: 1 } } }] }),
      delta({ tool_calls: [{ id: 'b', function: { name: 'y', arguments: '{' } }] }),
      delta({ tool_calls: [{ function: { arguments: '}' } }] }),
    );
    expect(of('tool-call-delta', unindexed).map(({ index, argumentsText }) => [index, argumentsText])).toEqual([
      [0, '{"one":1}'],
      [1, '{'],
      [1, '}'],
    ]);
  });

  it.each([
    ['stop', 'stop'],
    ['length', 'length'],
    ['tool_calls', 'tool-calls'],
    ['function_call', 'tool-calls'],
    ['content_filter', 'content-filter'],
    ['eos', 'other'],
  ])('keeps the finish reason %s as it was said', (raw, unified) =>
    expect(of('finish', events({ choices: [{ index: 0, delta: {}, finish_reason: raw }] }))[0]?.reason).toEqual({
      unified,
      raw,
    }),
  );

  it('tells who served it once, and again when that changes', () => {
    const served = of(
      'served',
      events(
        { model: 'a', choices: [] },
        { model: 'a', choices: [] },
        { model: 'a', service_tier: 'flex', choices: [] },
      ),
    );
    expect(served.map(({ model, serviceTier }) => [model, serviceTier])).toEqual([
      ['a', undefined],
      ['a', 'flex'],
    ]);
  });

  it.each([
    ['a top-level error', { error: { message: 'no', code: 502 }, choices: [{ finish_reason: 'error' }] }],
    ["Groq's error", { choices: [], x_groq: { error: 'over capacity' } }],
  ])('fails on %s', (_name, chunk) => expect(() => events(chunk)).toThrow(/error in its stream/));
});

describe('the Chat Completions encoder', () => {
  it('writes each role as the protocol wants it', () => {
    const { body } = protocol.encode({
      sessionId: 's',
      tools: [],
      messages: [
        { role: 'system', text: 'Be brief.' },
        { role: 'user', text: 'Go.' },
        {
          role: 'assistant',
          text: '',
          reasoning: 'not sent back',
          toolCalls: [{ id: 'c', name: 'bash', argumentsText: '{}' }],
        },
        { role: 'tool', toolCallId: 'c', name: 'bash', text: 'ok' },
      ],
    });
    expect(JSON.parse(JSON.stringify(body))).toEqual({
      model: 'm',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Go.' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'c', type: 'function', function: { name: 'bash', arguments: '{}' } }],
        },
        { role: 'tool', tool_call_id: 'c', content: 'ok' },
      ],
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it('adds the fields of a dialect without losing what streaming needs', () => {
    const extraBody = { reasoning_format: 'parsed', stream: false, stream_options: { include_obfuscation: false } };
    const { body } = chatCompletions({ model: 'm', settings: {}, extraBody }).encode({
      sessionId: 's',
      tools: [],
      messages: [],
    });
    expect(body).toMatchObject({
      reasoning_format: 'parsed',
      stream: true,
      stream_options: { include_obfuscation: false, include_usage: true },
    });
  });
});
