import { expect, test } from 'vitest';
import { createTokenCounter } from '../../../src/run/tokens/count-tokens.ts';

test('counts in order, in a thread that starts when first asked; special tokens are text', async () => {
  await using counter = createTokenCounter();
  const answers = await Promise.all([counter.count(['hello world', '']), counter.count(['<|endoftext|>'])]);
  expect(answers).toEqual([[2, 0], [expect.any(Number)]]);
  expect(answers[1]?.[0]).toBeGreaterThan(1);
});

test('does not hold the loop up while it loads and counts', async () => {
  await using counter = createTokenCounter();
  const text = 'const add = (left, right) => left + right;\n'.repeat(40_000);
  let ticks = 0;
  const timer = setInterval(() => (ticks += 1), 5);
  const [tokens = 0] = await counter.count([text]);
  clearInterval(timer);
  expect(tokens).toBeGreaterThan(400_000);
  expect(ticks).toBeGreaterThan(10);
});
