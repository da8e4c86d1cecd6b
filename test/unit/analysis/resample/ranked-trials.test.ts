import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { observe, pointOfResample, rankTrials, solvedOnGrid } from '../../../../src/analysis/resample/ranked-trials.ts';
import { mean } from '../../../../src/measure/sample/moments.ts';
import { median } from '../../../../src/measure/sample/quantile.ts';
import { cumulativeIncidence } from '../../../../src/measure/survival/cumulative-incidence.ts';
import { valueAt } from '../../../../src/measure/survival/step-curve.ts';
import { type TrialFacts, trialFacts } from '../../../../src/measure/trial-facts.ts';
import { aRecord } from '../../../support/records.ts';

const facts = trialFacts(aRecord(), new Map());

/** A trial and how often a resample drew it; few distinct times, so that ties happen. */
const drawnTrial = fc.record({
  trial: fc
    .record({
      agentMs: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
      outcome: fc.constantFrom<TrialFacts['outcome']>('resolved', 'unresolved', 'no-verdict'),
      stop: fc.constantFrom<TrialFacts['stop']>('submitted', 'time-limit'),
      costUsd: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined, freq: 30 }),
    })
    .map((part): TrialFacts => ({ ...facts, ...part })),
  times: fc.integer({ min: 0, max: 3 }),
});

/** The resample as walked, and as a plain list of trials to compute from directly. */
const resample = (drawnTrials: readonly { readonly trial: TrialFacts; readonly times: number }[]) => {
  const { ranked, order } = rankTrials(
    'a',
    drawnTrials.map(({ trial }) => trial),
  );
  const times = new Map(drawnTrials.map(({ trial, times }) => [trial, times]));
  const counts = order.map((trial) => times.get(trial) ?? 0);
  return {
    ranked,
    drawn: Uint16Array.from(counts),
    plain: order.flatMap((trial, place) => Array<TrialFacts>(counts[place] ?? 0).fill(trial)),
  };
};

describe('a resample of ranked trials', () => {
  it('has the pass rate, median and mean of the trials that were drawn', () => {
    fc.assert(
      fc.property(fc.array(drawnTrial, { maxLength: 20 }), (trials) => {
        const { ranked, drawn, plain } = resample(trials);
        const judged = plain.filter(({ outcome }) => outcome !== 'no-verdict');
        const times = judged.flatMap(({ agentMs }) => agentMs ?? []);
        const point = pointOfResample(ranked, drawn);
        expect(point.passRate).toBe(
          judged.length === 0
            ? undefined
            : judged.filter(({ outcome }) => outcome === 'resolved').length / judged.length,
        );
        expect(point.median).toBe(median(times));
        expect(point.mean ?? -1).toBeCloseTo(mean(times) ?? -1, 9);
      }),
    );
  });

  it('has the costs of the trials that were drawn, or none where a judged trial does not tell', () => {
    fc.assert(
      fc.property(fc.array(drawnTrial, { maxLength: 20 }), (trials) => {
        const { ranked, drawn, plain } = resample(trials);
        const point = pointOfResample(ranked, drawn);
        const isJudged = ({ outcome }: TrialFacts) => outcome !== 'no-verdict';
        const isUnknown = trials.some(({ trial }) => isJudged(trial) && trial.costUsd === undefined);
        const judged = plain.filter(isJudged);
        const total = judged.reduce((sum, { costUsd }) => sum + (costUsd ?? Number.NaN), 0);
        const over = (parts: number) => (isUnknown || parts === 0 ? undefined : total / parts);
        expect(point['cost-per-trial']).toBe(over(judged.length));
        expect(point['cost-per-solved']).toBe(over(judged.filter(({ outcome }) => outcome === 'resolved').length));
      }),
    );
  });

  it('has the solved-by-time curve of the trials that were drawn', () => {
    const grid = Float64Array.from({ length: 14 }, (_, step) => step);
    fc.assert(
      fc.property(fc.array(drawnTrial, { maxLength: 20 }), (trials) => {
        const { ranked, drawn, plain } = resample(trials);
        const curve = cumulativeIncidence(plain.map(observe).filter((outcome) => outcome !== undefined));
        const levels = solvedOnGrid(ranked, drawn, grid);
        for (const [step, time] of grid.entries()) expect(levels[step]).toBeCloseTo(valueAt(curve, time), 9);
      }),
    );
  });
});
