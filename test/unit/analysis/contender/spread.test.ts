import { expect, it } from 'vitest';
import { speedSpread } from '../../../../src/analysis/contender/spread.ts';
import { trialFacts } from '../../../../src/measure/trial-facts.ts';
import { aRecord } from '../../../support/records.ts';

const facts = trialFacts(aRecord(), new Map());

it('spreads TTFT over turns and decode speed over trials, of judged trials only', () => {
  const { ttftMs, decodeTokensPerSecond } = speedSpread([
    { ...facts, ttftMs: [10, 20, 30], decode: { tokens: 100, ms: 100 } },
    { ...facts, ttftMs: [40, 50], decode: { tokens: 300, ms: 100 } },
    { ...facts, ttftMs: [9999], decode: { tokens: 1, ms: 9999 }, outcome: 'no-verdict' },
  ]);
  expect(ttftMs).toEqual({ count: 5, p5: 12, p25: 20, p50: 30, p75: 40, p95: 48 });
  expect(decodeTokensPerSecond).toMatchObject({ count: 2, p50: 2000 });
});

it('says nothing where nothing was timed', () => {
  expect(speedSpread([{ ...facts, ttftMs: [], decode: { tokens: 0, ms: 0 } }])).toEqual({
    ttftMs: undefined,
    decodeTokensPerSecond: undefined,
  });
});
