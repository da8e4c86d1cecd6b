import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/analysis/collect.ts';
import type { TrialRecord } from '../../../src/domain/trial.ts';
import { aManifest, aRecord, aTurn } from '../../support/records.ts';
import { syntheticRun } from '../../support/synthetic-run.ts';

const unjudged = (overrides: Partial<TrialRecord>): TrialRecord => {
  const { verdict: _verdict, ...record } = aRecord();
  return { ...record, ...overrides };
};
const overloaded = { phase: 'endpoint', code: 'endpoint-overloaded', message: 'HTTP 529' } as const;
const broken = (overrides: Partial<TrialRecord>): TrialRecord =>
  unjudged({ stop: 'infra-error', infraError: overloaded, ...overrides });

describe('the counted attempt', () => {
  it('is the one after the infra error, whichever is read first', async () => {
    const first = broken({ attemptId: 'a', attempt: 0 });
    const second = aRecord({ attemptId: 'b', attempt: 1 });
    for (const records of [
      [first, second],
      [second, first],
    ]) {
      const { trials, attempts } = await collect(aManifest(), records);
      expect(trials.map(({ attemptId }) => attemptId)).toEqual(['b']);
      expect(attempts.map(({ attemptId }) => attemptId)).toEqual(['a', 'b']);
    }
  });

  it('is the judged one even if a later attempt broke', async () => {
    const { trials } = await collect(aManifest(), [
      aRecord({ attemptId: 'a' }),
      broken({ attemptId: 'b', attempt: 1 }),
    ]);
    expect(trials.map(({ attemptId, outcome }) => [attemptId, outcome])).toEqual([['a', 'resolved']]);
  });

  it('is the latest broken one where all broke, and has no verdict rather than a failure', async () => {
    const { trials } = await collect(aManifest(), [broken({ attemptId: 'a' }), broken({ attemptId: 'b', attempt: 1 })]);
    expect(trials).toMatchObject([{ attemptId: 'b', outcome: 'no-verdict', noVerdictReason: 'infra-error' }]);
  });

  it('keeps its grade when our side broke after the verdict', async () => {
    const { trials } = await collect(aManifest(), [aRecord({ infraError: { ...overloaded, phase: 'teardown' } })]);
    expect(trials).toMatchObject([{ outcome: 'resolved' }]);
  });

  it('never scores what the verifier could not judge or what worked on the judge', async () => {
    const judge = (outcome: 'invalid' | 'tampered') =>
      aRecord({ trialId: outcome, verdict: { outcome, mode: 'fresh', reason: 'x' } });
    const { trials } = await collect(aManifest(), [judge('invalid'), judge('tampered')]);
    expect(trials.map(({ outcome, noVerdictReason }) => [outcome, noVerdictReason])).toEqual([
      ['no-verdict', 'invalid'],
      ['no-verdict', 'tampered'],
    ]);
  });
});

describe('the cost of a trial', () => {
  const manifest = aManifest();
  const priced = {
    ...manifest,
    endpoints: manifest.endpoints.map((endpoint) => ({
      ...endpoint,
      prices: { inputUsdPerMillionTokens: 1, outputUsdPerMillionTokens: 10 },
    })),
  };
  // 1,000 tokens in and 101 out: 0.00201 USD.
  const stated = aTurn();
  const cut = aTurn({ usage: {} });

  it('is unknown without prices, by the prices of the manifest with them', async () => {
    expect((await collect(manifest, [aRecord()])).trials[0]?.costUsd).toBeUndefined();
    expect((await collect(priced, [aRecord()])).trials[0]?.costUsd).toBeCloseTo(0.00201, 12);
  });

  it('holds what is known of the attempts that had to be repeated, whichever is read first', async () => {
    const records = [
      broken({ attemptId: 'a', attempt: 0, turns: [stated, stated, cut] }),
      broken({ attemptId: 'b', attempt: 1, turns: [] }),
      aRecord({ attemptId: 'c', attempt: 2 }),
    ];
    for (const log of [records, records.toReversed()])
      expect((await collect(priced, log)).trials[0]?.costUsd).toBeCloseTo(3 * 0.00201, 12);
  });

  it('is unknown where the counted attempt is, whatever is known of the others', async () => {
    const { trials } = await collect(priced, [
      broken({ attemptId: 'a', attempt: 0 }),
      aRecord({ attemptId: 'b', attempt: 1, turns: [stated, cut] }),
    ]);
    expect(trials[0]?.costUsd).toBeUndefined();
    expect(trials[0]?.leastCostUsd).toBeCloseTo(2 * 0.00201, 12);
  });
});

describe('a log', () => {
  it('comes to the same whatever order the trials finished in', async () => {
    const { manifest, records } = syntheticRun({ tasks: 6, attempts: 2, infraErrors: 0.3 });
    const expected = await collect(manifest, records);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(records, { minLength: records.length }), async (shuffled) => {
        expect(await collect(manifest, shuffled)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  it('counts planned trials that have no record, and infra errors of every attempt', async () => {
    const { trialId, suite, task, taskDigest, contender, index } = aRecord();
    const entry = { trialId, suite, task, taskDigest, contender, index };
    const manifest = aManifest({ plan: [entry, { ...entry, trialId: 'trial-2' }] });
    const collected = await collect(manifest, [
      broken({ attemptId: 'a' }),
      broken({ attemptId: 'b', attempt: 1 }),
      aRecord({ attemptId: 'c', attempt: 2 }),
    ]);
    expect(collected.pending).toBe(1);
    expect(collected.infraErrors).toEqual([
      { contender: 'spark', phase: 'endpoint', code: 'endpoint-overloaded', count: 2 },
    ]);
  });
});
