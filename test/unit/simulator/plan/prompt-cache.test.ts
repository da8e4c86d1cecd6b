import { expect, test } from 'vitest';
import { PromptCache } from '../../../../src/simulator/plan/prompt-cache.ts';
import { assistant, tool, user } from '../../../support/simulator.ts';

test('the prefix shared with the last prompt of the session counts as cached', () => {
  const cache = new PromptCache();
  const opening = [user('one two three')];
  expect(cache.count('a', opening)).toEqual({ input: 3, cachedInput: 0 });
  expect(cache.count('a', [...opening, assistant('four'), tool('five six')])).toEqual({ input: 6, cachedInput: 3 });
  expect(cache.count('b', opening)).toEqual({ input: 3, cachedInput: 0 });
  expect(cache.count('a', [user('other'), assistant('four')])).toEqual({ input: 2, cachedInput: 0 });
});

test('forgets the session used longest ago', () => {
  const cache = new PromptCache(2);
  for (const session of ['a', 'b', 'c']) cache.count(session, [user('one')]);
  expect(cache.count('c', [user('one')]).cachedInput).toBe(1);
  expect(cache.count('a', [user('one')]).cachedInput).toBe(0);
});
