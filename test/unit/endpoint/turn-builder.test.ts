import { describe, expect, it } from 'vitest';
import type { StreamEvent } from '../../../src/domain/model/stream.ts';
import { TurnBuilder } from '../../../src/endpoint/turn-builder.ts';

const built = (...events: readonly StreamEvent[]) => {
  const builder = new TurnBuilder('under-test');
  builder.add({ type: 'dispatch', at: 0 });
  for (const event of events) builder.add(event);
  const { turn, timeline } = builder.build();
  if (turn === undefined) throw new Error('no turn');
  return { turn, timeline };
};

describe('TurnBuilder', () => {
  it.each<[string, StreamEvent]>([
    ['text', { type: 'text-delta', at: 10, text: '' }],
    ['reasoning', { type: 'reasoning-delta', at: 10, text: '' }],
    ['tool arguments', { type: 'tool-call-delta', at: 10, index: 0, argumentsText: '' }],
    ['a tool call that has only a name', { type: 'tool-call-start', at: 10, index: 0, id: 'c', name: 'bash' }],
    ['who serves', { type: 'served', at: 10, model: 'm', serviceTier: undefined, responseId: 'r' }],
  ])('does not take a fragment without content for the first token: %s', (_what, event) => {
    const { turn, timeline } = built(event, { type: 'text-delta', at: 50, text: 'Hi' });
    expect(turn.stamps).toEqual({ dispatch: 0, firstEvent: 10, firstContent: 50, firstText: 50, lastContent: 50 });
    expect(turn.contentChunks).toBe(1);
    expect(timeline).toEqual([[50, 2, 'text']]);
  });

  it('ends with its finish, whatever comes after that', () => {
    const { turn } = built(
      { type: 'text-delta', at: 10, text: 'Hi' },
      { type: 'finish', at: 20, reason: { unified: 'stop', raw: 'stop' } },
      { type: 'finish', at: 30, reason: { unified: 'other', raw: 'again' } },
      { type: 'usage', at: 40, usage: { output: 1 } },
      { type: 'end', at: 50 },
    );
    expect(turn.stamps.terminal).toBe(20);
    expect(turn.finish).toEqual({ unified: 'stop', raw: 'stop' });
  });

  it('without a finish ends with its content, and without content with its end', () => {
    expect(built({ type: 'text-delta', at: 10, text: 'Hi' }, { type: 'end', at: 50 }).turn.stamps.terminal).toBe(10);
    expect(built({ type: 'end', at: 50 }).turn.stamps.terminal).toBe(50);
  });

  it('takes the fragments of one read for the first chunk', () => {
    const { turn } = built(
      { type: 'reasoning-delta', at: 10, text: 'So' },
      { type: 'text-delta', at: 10, text: 'yes' },
      { type: 'text-delta', at: 11, text: 'indeed' },
    );
    expect(turn).toMatchObject({ contentChunks: 3, contentCharacters: 11, firstChunkCharacters: 5 });
  });

  it('adds later statements of usage, of who serves and of the server’s clock to earlier ones', () => {
    const { turn } = built(
      { type: 'usage', at: 1, usage: { input: 5, cachedInput: 2 } },
      { type: 'served', at: 1, model: 'm', serviceTier: 'auto', responseId: 'r' },
      { type: 'server-timing', at: 1, timing: { source: 'openai-processing-ms', beforeAnswerMs: 7 } },
      { type: 'usage', at: 2, usage: { output: 9, cachedInput: undefined } },
      { type: 'served', at: 2, model: undefined, serviceTier: 'priority', responseId: undefined },
      { type: 'server-timing', at: 2, timing: { source: 'cerebras.time_info', totalMs: 70 } },
    );
    expect(turn.usage).toEqual({ input: 5, cachedInput: 2, output: 9 });
    expect(turn.served).toEqual({ model: 'm', serviceTier: 'priority', responseId: 'r' });
    expect(turn.serverTiming).toEqual({ source: 'cerebras.time_info', beforeAnswerMs: 7, totalMs: 70 });
  });
});
