import { describe, expect, it } from 'vitest';
import type { PriceList } from '../../../src/domain/model/prices.ts';
import { attemptCostUsd } from '../../../src/measure/cost.ts';
import { estimatedCostUsd } from '../../../src/measure/estimated-cost.ts';
import { aTurn } from '../../support/records.ts';

const prices: PriceList = new Map([['fast', { inputUsdPerMillionTokens: 2, outputUsdPerMillionTokens: 10 }]]);
const stated = aTurn({ endpoint: 'fast', usage: { input: 1000, output: 200 } });
const cut = aTurn({ endpoint: 'fast', usage: {}, contentCharacters: 400 });

describe('the estimated cost of an attempt', () => {
  it('is its cost where all calls stated their tokens', () => {
    const called = { endpoints: ['fast'], turns: [stated, stated] };
    expect(estimatedCostUsd(called, prices)).toBe(attemptCostUsd(called, prices));
  });

  it('takes of a call that was cut off what the one before read and wrote, and its characters', () => {
    // 1000 + 1200 read, 200 + 400 ÷ 4 written; then 1300 read, 100 written
    expect(estimatedCostUsd({ turns: [stated, cut] }, prices)).toBeCloseTo((2200 * 2 + 300 * 10) / 1e6, 12);
    expect(estimatedCostUsd({ turns: [stated, cut, cut] }, prices)).toBeCloseTo((3500 * 2 + 400 * 10) / 1e6, 12);
  });

  it('is unknown for a first call, for hidden output and without prices', () => {
    expect(estimatedCostUsd({ turns: [cut, stated] }, prices)).toBeUndefined();
    expect(estimatedCostUsd({ turns: [stated, { ...cut, reasoningHidden: true }] }, prices)).toBeUndefined();
    expect(estimatedCostUsd({ turns: [stated, cut] }, new Map())).toBeUndefined();
  });
});
