import { describe, expect, test } from 'vitest';
import { planTurn } from '../../../../src/simulator/plan/turn.ts';
import { aProfile, aRequest, aTool } from '../../../support/simulator.ts';

const bash = aTool('bash', { command: 'string' });
const submit = aTool('submit', {});
const options = { profile: aProfile(), callId: 'call_1', input: 10, cachedInput: 4 };
const choiceOf = (turn: object | undefined) => ({ task: 't', attempt: 'a', turnIndex: 0, turn });
const spoken = (turn: ReturnType<typeof planTurn>) => turn.parts.map((part) => [part.channel, part.tokens.join('')]);

describe('planTurn', () => {
  test('reasoning, text and a call, in this order, counted by their tokens', () => {
    const turn = planTurn(
      aRequest({ tools: [bash] }),
      choiceOf({ reasoning: 'Hm.', text: 'Look', bash: 'ls' }),
      options,
    );
    expect(spoken(turn)).toEqual([
      ['reasoning', 'Hm.'],
      ['text', 'Look'],
      ['tool', '{"command":"ls"}'],
    ]);
    expect(turn.finish).toBe('tool-calls');
    const output = turn.parts.reduce((sum, part) => sum + part.tokens.length, 0);
    expect(turn.usage).toEqual({ input: 10, cachedInput: 4, output, reasoning: 2 });
  });

  test('a text can be said many times over, and a limit on output tokens cuts it', () => {
    const request = aRequest({ maxOutputTokens: 5 });
    expect(spoken(planTurn(aRequest(), choiceOf({ text: ' one two', repeat: 3 }), options))).toEqual([
      ['text', ' one two one two one two'],
    ]);
    const cut = planTurn(request, choiceOf({ text: ' one two', repeat: 3 }), options);
    expect(spoken(cut)).toEqual([['text', ' one two one two one']]);
    expect(cut).toMatchObject({ finish: 'length', usage: { output: 5 } });
  });

  test('submit is a call where the tool is offered, a plain message otherwise', () => {
    expect(spoken(planTurn(aRequest({ tools: [bash, submit] }), choiceOf({ submit: 'Done.' }), options))).toEqual([
      ['tool', '{}'],
    ]);
    const plain = planTurn(aRequest({ tools: [bash] }), choiceOf({ submit: 'Done.' }), options);
    expect(spoken(plain)).toEqual([['text', 'Done.']]);
    expect(plain.finish).toBe('stop');
  });

  test('beyond the script it submits or says that it has nothing to do', () => {
    const beyond = planTurn(aRequest({ tools: [submit] }), choiceOf(undefined), options);
    expect(beyond.parts.at(-1)?.call?.tool.name).toBe('submit');
    expect(spoken(planTurn(aRequest(), choiceOf(undefined), options))[0]?.[1]).toMatch(/^Simulated/);
  });

  test('hidden reasoning is counted but not sent; without reasoning it is not made', () => {
    const hidden = planTurn(aRequest(), choiceOf({ reasoning: 'Hm.', text: 'Hi' }), {
      ...options,
      profile: aProfile({ reasoning: { mode: 'hidden', extra_tokens: 30 } }),
    });
    expect(hidden.parts[0]).toMatchObject({ channel: 'reasoning', sent: false });
    expect(hidden.usage.reasoning).toBe(32);
    const none = { ...options, profile: aProfile({ reasoning: { mode: 'none' } }) };
    expect(spoken(planTurn(aRequest(), choiceOf({ reasoning: 'Hm.', text: 'Hi' }), none))).toEqual([['text', 'Hi']]);
  });

  test('a limit on output cuts the turn', () => {
    const turn = planTurn(aRequest({ maxOutputTokens: 3 }), choiceOf({ text: 'one two three four five' }), options);
    expect(spoken(turn)).toEqual([['text', 'one two three']]);
    expect(turn).toMatchObject({ finish: 'length', usage: { output: 3 } });
  });
});
