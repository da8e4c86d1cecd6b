import fc from 'fast-check';
import { expect, test } from 'vitest';
import { promptOf, recital } from '../../../src/probe/prompt.ts';
import { countTokens } from '../../../src/simulator/plan/tokens.ts';

test('begins with its salt, ends with the question, and is the same for the same salt', () => {
  const prompt = promptOf({ salt: 'run-1 a', tokens: 500, seed: 3 });
  expect(prompt.startsWith('[run-1 a]')).toBe(true);
  expect(prompt.endsWith(recital)).toBe(true);
  expect(promptOf({ salt: 'run-1 a', tokens: 500, seed: 3 })).toBe(prompt);
});

test('two salts share no prefix that a cache could keep, and no padding', () => {
  const [one, two] = ['a', 'b'].map((salt) => promptOf({ salt: `${salt} 1`, tokens: 200, seed: 3 }));
  expect(one?.[1]).not.toBe(two?.[1]);
  expect(one?.slice(5)).not.toBe(two?.slice(5));
});

test('is about as long as asked for', () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 20_000 }), (tokens) => {
      const counted = countTokens(promptOf({ salt: 'x', tokens, seed: 1 }));
      expect(Math.abs(counted - tokens)).toBeLessThan(30 + tokens * 0.2);
    }),
    { numRuns: 20 },
  );
});
