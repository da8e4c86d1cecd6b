import { describe, expect, it } from 'vitest';
import { countOf, countsOf, seedOf } from '../../../../../src/cli/probe/session/options.ts';

describe('the numbers among the flags of a probe', () => {
  it('are counts above nothing, each once, in order', () => {
    expect(countsOf('--prompt-tokens', '1k,100,1000,8k')).toEqual([100, 1000, 8000]);
    expect(countsOf('--prompt-tokens', 'none')).toEqual([]);
    for (const text of ['0', '0k', '-3', '', 'many', '1e9'])
      expect(() => countOf('--rounds', text), text).toThrow(/--rounds: expected a count above 0/);
  });

  it('are seeds that a generator takes', () => {
    expect(seedOf('7')).toBe(7);
    for (const text of ['seven', '1.5', '-1', '', '1e3', '12345678901234567890'])
      expect(() => seedOf(text), text).toThrow(/--seed: expected a whole number/);
  });
});
