import { describe, expect, it } from 'vitest';
import { healthOf, isLopsided } from '../../../../src/analysis/contender/health.ts';
import { type TrialFacts, trialFacts } from '../../../../src/measure/trial-facts.ts';
import { aRecord } from '../../../support/records.ts';

const sound = trialFacts(aRecord(), new Map());
const trials = (...parts: readonly Partial<TrialFacts>[]): readonly TrialFacts[] =>
  parts.map((part) => ({ ...sound, ...part }));
const many = (count: number, part: Partial<TrialFacts>): readonly Partial<TrialFacts>[] =>
  Array.from({ length: count }, () => part);

describe('the health of a contender', () => {
  it('finds nothing wrong with a sound trial', () => {
    expect(healthOf(trials({}))).toEqual({
      trials: 1,
      infraErrors: 0,
      invalid: 0,
      tampered: 0,
      disturbed: 0,
      retriedCalls: 0,
      degraded: 0,
      leaking: 0,
    });
  });

  it('counts each blemish, a repeated trial as disturbed though it has a verdict', () => {
    const health = healthOf(
      trials(
        { attempt: 1 },
        { outcome: 'no-verdict', noVerdictReason: 'infra-error' },
        { outcome: 'no-verdict', noVerdictReason: 'invalid' },
        { outcome: 'no-verdict', noVerdictReason: 'tampered' },
        { failedTries: 2 },
        { degraded: true },
      ),
    );
    expect(health).toMatchObject({
      trials: 6,
      infraErrors: 1,
      invalid: 1,
      tampered: 1,
      disturbed: 2,
      retriedCalls: 1,
      degraded: 1,
    });
  });

  it('sees segments that miss the wall-clock by more than one per cent, and not by less', () => {
    expect(healthOf(trials({ wallMs: sound.wallMs * 1.009 })).leaking).toBe(0);
    expect(healthOf(trials({ wallMs: sound.wallMs * 1.02 })).leaking).toBe(1);
  });

  it('calls an imbalance one only where chance hardly explains it', () => {
    const none = healthOf(trials(...many(40, {})));
    const few = healthOf(trials(...many(39, {}), { attempt: 1 }));
    const half = healthOf(trials(...many(20, {}), ...many(20, { attempt: 1 })));
    expect(isLopsided(none, few)).toBe(false);
    expect(isLopsided(none, half)).toBe(true);
    expect(isLopsided(half, half)).toBe(false);
  });
});
