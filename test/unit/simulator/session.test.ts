import { expect, test } from 'vitest';
import { sessionOf } from '../../../src/simulator/session.ts';
import { aRequest, user } from '../../support/simulator.ts';

test('a header names the session, then the body, then the first thing the user said', () => {
  const request = aRequest({ cacheKey: 'key', conversation: [user('Hello')] });
  expect(sessionOf({ 'x-session-id': 'ours', 'session-id': 'codex' }, request)).toBe('ours');
  expect(sessionOf({ 'x-claude-code-session-id': 'claude' }, request)).toBe('claude');
  expect(sessionOf({}, request)).toBe('key');
  const anonymous = (text: string) => sessionOf({}, aRequest({ conversation: [user(text), user('more')] }));
  expect(anonymous('Hello')).toBe(anonymous('Hello'));
  expect(anonymous('Hello')).not.toBe(anonymous('Goodbye'));
});
