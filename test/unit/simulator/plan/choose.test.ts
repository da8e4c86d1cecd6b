import { describe, expect, test } from 'vitest';
import { chooseAttempt, chooseTurn } from '../../../../src/simulator/plan/choose.ts';
import { aProfile, aScript, assistant, tool, user } from '../../../support/simulator.ts';

const profile = aProfile({ styles: { careful: 1, hasty: 0 } });
const options = { profile, sessionId: 'session' };
const script = aScript();

describe('chooseTurn', () => {
  test('finds the task though the client wrapped and quoted its instruction', () => {
    const choice = chooseTurn([user('Task:\n"Write a friendly\n  greeting to hello.txt."')], [script], options);
    expect(choice).toMatchObject({ task: 'suite/greet', attempt: 'right', turnIndex: 0 });
    expect(choice.turn?.bash).toBe('ls');
  });

  test('counts the turns taken; several entries in a row are one turn', () => {
    const conversation = [user(script.instruction), assistant('Look.'), assistant('{call}'), tool('a.txt')];
    expect(chooseTurn(conversation, [script], options)).toMatchObject({ turnIndex: 1, turn: { submit: true } });
  });

  test('has no turn beyond the script nor for an unknown task', () => {
    const beyond = [user(script.instruction), assistant('1'), tool(''), assistant('2'), tool('')];
    expect(chooseTurn(beyond, [script], options)).toMatchObject({ turnIndex: 2, turn: undefined });
    expect(chooseTurn([user('Hello')], [script], options)).toMatchObject({ task: undefined, turn: undefined });
  });

  test('a later instruction redirects the conversation and starts its script anew', () => {
    const other = aScript({ task: 'suite/other', instruction: 'No: write a farewell instead.' });
    const conversation = [user(script.instruction), assistant('1'), tool(''), user('No: write a farewell instead.')];
    expect(chooseTurn(conversation, [script, other], options)).toMatchObject({ task: 'suite/other', turnIndex: 0 });
  });

  test('an instruction quoted by a tool is not the task', () => {
    expect(chooseTurn([user('Hello'), tool(script.instruction)], [script], options).task).toBeUndefined();
  });
});

describe('chooseAttempt', () => {
  const sessions = Array.from({ length: 400 }, (_, index) => `session-${index}`);
  const shareOf = (name: string, given: ReturnType<typeof aProfile>) =>
    sessions.filter((session) => chooseAttempt(script, given, session)?.name === name).length / sessions.length;

  test('is the same for the same session and follows the shares of the profile', () => {
    const mixed = aProfile({ styles: { careful: 0.75, hasty: 0.25 } });
    expect(chooseAttempt(script, mixed, 'a')).toEqual(chooseAttempt(script, mixed, 'a'));
    for (const session of sessions.slice(0, 40))
      expect(chooseAttempt(script, mixed, `${session}~again`)).toEqual(chooseAttempt(script, mixed, session));
    expect(shareOf('right', mixed)).toBeGreaterThan(0.68);
    expect(shareOf('right', mixed)).toBeLessThan(0.82);
  });

  test('another seed makes other choices', () => {
    const choices = (seed: number) =>
      sessions.map(
        (session) => chooseAttempt(script, aProfile({ seed, styles: { careful: 0.5, hasty: 0.5 } }), session)?.name,
      );
    expect(choices(1)).not.toEqual(choices(2));
  });

  test('a style that the script has not is never missed', () => {
    const carefulOnly = aScript({ attempts: script.attempts.slice(0, 1) });
    const hasty = aProfile({ styles: { careful: 0, hasty: 1 } });
    expect(chooseAttempt(carefulOnly, hasty, 'a')?.name).toBe('right');
  });
});
