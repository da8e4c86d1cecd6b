import { describe, expect, it } from 'vitest';
import type { Message } from '../../../../src/domain/model/message.ts';
import type { StreamEvent } from '../../../../src/domain/model/stream.ts';
import { messages } from '../../../../src/endpoint/protocol/messages/protocol.ts';
import { decodePayloads } from '../../../support/decode-payloads.ts';

const protocol = messages({ model: 'm', settings: {} });
const events = (...payloads: readonly unknown[]): readonly StreamEvent[] => decodePayloads(protocol, payloads);
const of = <Type extends StreamEvent['type']>(type: Type, all: readonly StreamEvent[]) =>
  all.filter((event): event is Extract<StreamEvent, { type: Type }> => event.type === type);

describe('the Messages decoder', () => {
  const start = {
    type: 'message_start',
    message: {
      id: 'a',
      model: 'm-1',
      usage: { input_tokens: 25, cache_creation_input_tokens: 5, cache_read_input_tokens: 70, output_tokens: 1 },
    },
  };

  it('counts cached and written tokens as input, which the provider does not', () =>
    expect(of('usage', events(start))[0]?.usage).toEqual({
      input: 100,
      cachedInput: 70,
      cacheWrite: 5,
      output: undefined,
    }));

  it('takes the last, cumulative statement of the output', () => {
    const all = events(
      start,
      { type: 'message_delta', delta: { stop_reason: null }, usage: { output_tokens: 7 } },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 15, input_tokens: null } },
    );
    expect(of('usage', all).at(-1)?.usage).toMatchObject({ input: 100, output: 15 });
    expect(of('finish', all)).toEqual([{ type: 'finish', at: 3, reason: { unified: 'stop', raw: 'end_turn' } }]);
  });

  it.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['tool_use', 'tool-calls'],
    ['refusal', 'content-filter'],
    ['pause_turn', 'other'],
  ])('keeps the stop reason %s as it was said', (raw, unified) =>
    expect(of('finish', events({ type: 'message_delta', delta: { stop_reason: raw } }))[0]?.reason).toEqual({
      unified,
      raw,
    }),
  );

  it('keeps signed thinking to be given back, and says that it is not the whole reasoning', () => {
    const all = events(
      { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'Let me ' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'see' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'sig=' } },
      { type: 'content_block_stop', index: 0 },
    );
    expect(all.map((event) => event.type)).toEqual(['reasoning-hidden', 'reasoning-delta', 'reasoning-delta', 'carry']);
    expect(of('carry', all)[0]?.item).toEqual({ type: 'thinking', thinking: 'Let me see', signature: 'sig=' });
  });

  it('fails on an error event, even one that is no JSON', () => {
    const decode = protocol.decoder();
    expect(() => decode({ kind: 'data', at: 1, event: 'error', data: 'upstream died' })).toThrow(/upstream died/);
    expect(() => events({ type: 'error', error: { type: 'overloaded_error', message: 'Full' } })).toThrow(/Full/);
  });
});

describe('the Messages encoder', () => {
  const conversation: readonly Message[] = [
    { role: 'system', text: 'Be brief.' },
    { role: 'user', text: 'Go.' },
    {
      role: 'assistant',
      text: 'Looking.',
      reasoning: 'shown',
      toolCalls: [
        { id: 'a', name: 'bash', argumentsText: '{"command":"ls"}' },
        { id: 'b', name: 'bash', argumentsText: 'not json' },
      ],
      carried: { origin: 'messages:m', items: [{ type: 'thinking', thinking: 't', signature: 's' }] },
    },
    { role: 'tool', toolCallId: 'a', name: 'bash', text: 'one' },
    { role: 'tool', toolCallId: 'b', name: 'bash', text: 'two' },
    { role: 'user', text: 'And now?' },
  ];

  it('writes thinking before its tool use, and tool results with what the user adds as one message', () => {
    const { body } = protocol.encode({ sessionId: 's', tools: [], messages: conversation });
    const mark = { cache_control: { type: 'ephemeral' } };
    expect(JSON.parse(JSON.stringify(body))).toEqual({
      model: 'm',
      system: [{ type: 'text', text: 'Be brief.', ...mark }],
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'Go.' }] },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 't', signature: 's' },
            { type: 'text', text: 'Looking.' },
            { type: 'tool_use', id: 'a', name: 'bash', input: { command: 'ls' } },
            { type: 'tool_use', id: 'b', name: 'bash', input: { arguments: 'not json' } },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'a', content: 'one' },
            { type: 'tool_result', tool_use_id: 'b', content: 'two' },
            { type: 'text', text: 'And now?', ...mark },
          ],
        },
      ],
      max_tokens: 16_384,
      stream: true,
    });
  });

  it('shows the key in its own header, with the version', () => {
    expect(protocol.authorization('k')).toEqual({ 'x-api-key': 'k' });
    expect(protocol.encode({ sessionId: 's', tools: [], messages: [] }).headers['anthropic-version']).toBe(
      '2023-06-01',
    );
  });
});
