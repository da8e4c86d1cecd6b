import { describe, expect, it } from 'vitest';
import { durationAt, modelledDuration } from '../../../../src/analysis/contender/modelled.ts';
import { trialFacts } from '../../../../src/measure/trial-facts.ts';
import { aRecord } from '../../../support/records.ts';

/** 101 output tokens of which 100 decode in 0.1 s; TTFT 1 s, tools 4.5 s and agent time 9 s as the record states them. */
const facts = trialFacts(aRecord(), new Map());

describe('the modelled duration', () => {
  it('adds generation, prefill with network, and tools, and names the gap to what was measured', () => {
    const modelled = modelledDuration([facts]);
    expect(modelled).toMatchObject({
      outputTokens: 101,
      decodeTokensPerSecond: 1000,
      prefillMs: 1000,
      toolMs: 4500,
      measuredMs: 9000,
    });
    expect(modelled?.generationMs).toBeCloseTo(101, 9);
    expect(modelled?.totalMs).toBeCloseTo(5601, 9);
    expect(modelled?.gapMs).toBeCloseTo(3399, 9);
  });

  it('changes with another decode speed by the time spent generating alone', () => {
    const modelled = modelledDuration([facts]);
    if (modelled === undefined) throw new Error('nothing was modelled');
    expect(durationAt(modelled, 1000)).toBeCloseTo(9000, 9);
    expect(durationAt(modelled, 100)).toBeCloseTo(9000 + 909, 9);
    expect(durationAt(modelled, Number.POSITIVE_INFINITY)).toBeCloseTo(9000 - 101, 9);
  });

  it('does not exist where nobody counted tokens or nothing was judged', () => {
    expect(modelledDuration([{ ...facts, usage: {} }])).toBeUndefined();
    expect(modelledDuration([{ ...facts, outcome: 'no-verdict' }])).toBeUndefined();
  });
});
