import { expect, test } from 'vitest';
import { attemptShare } from '../../src/analysis/evidence/attempt-share.ts';
import { measurables } from '../../src/analysis/evidence/measurables.ts';
import { excludeAll } from '../../src/analysis/evidence/population.ts';
import { confidenceOfLook } from '../../src/gate/judge/looks/next-look.ts';
import { clusteredMean } from '../../src/measure/cluster/clustered-mean.ts';
import { passRateDifference } from '../../src/measure/paired/pass-rate-difference.ts';
import { createRandom } from '../../src/measure/random/random.ts';
import { mean } from '../../src/measure/sample/moments.ts';
import { aMeasuredRun, resolved, unresolved } from '../support/measured-run.ts';
import { drawAttempts, drawTaskRates } from '../support/simulated-attempts.ts';

const ALPHA = 0.05;
const REPLICATES = 2000;
const SIMULATION_ERROR = 3 * Math.sqrt((ALPHA * (1 - ALPHA)) / REPLICATES);
const [nTasks, few, many] = [60, 3, 10];

/** How often a bad model (exactly as bad as the limit) passes at the first look or, where that is open, at the second. */
const passedWrongly = (confidence: number): number => {
  const random = createRandom(4, 'two looks');
  const looks = Array.from({ length: REPLICATES }, () => {
    // Two arms of the same mean on tasks of their own rates: "better by more than 0" is wrong, as near as can be to being right.
    const [ours, theirs] = [0, 1].map(() => drawTaskRates(random, nTasks, { rate: 0.6, icc: 0.6 }));
    if (ours === undefined || theirs === undefined) throw new Error('two arms');
    const look = (k: number): 'pass' | 'fail' | 'open' => {
      const found = passRateDifference(drawAttempts(random, ours, k), drawAttempts(random, theirs, k), confidence);
      if (found === undefined) throw new Error('the arms have no task in common');
      return found.lowerBound > 0 ? 'pass' : found.upperBound < 0 ? 'fail' : 'open';
    };
    const first = look(few);
    return first === 'open' ? look(many) : first;
  });
  return looks.filter((verdict) => verdict === 'pass').length / REPLICATES;
};

test('two looks with half of the doubt each let no more than α pass; with the full doubt each they would let more', () => {
  expect(passedWrongly(confidenceOfLook(1 - ALPHA))).toBeLessThan(ALPHA + SIMULATION_ERROR);
  expect(passedWrongly(1 - ALPHA)).toBeGreaterThan(ALPHA + SIMULATION_ERROR);
});

test('the error that more attempts would leave is foreseen from few', async () => {
  const random = createRandom(5, 'foreseen');
  const metric = measurables().find(({ name }) => name === 'pass_rate');
  if (metric === undefined) throw new Error('no pass rate');
  const ratios: number[] = [];
  for (let replicate = 0; replicate < 100; replicate += 1) {
    const rates = drawTaskRates(random, nTasks, { rate: 0.6, icc: 0.6 });
    const [now, later] = [drawAttempts(random, rates, few), drawAttempts(random, rates, many)];
    const run = await aMeasuredRun({
      contenders: ['spark'],
      tasks: nTasks,
      attempts: few,
      trial: ({ task, index }) => ({ verdict: now[task]?.[index] === 1 ? resolved : unresolved }),
    });
    const population = { trials: run.trials, pending: [], policy: excludeAll };
    const share = attemptShare(metric, [{ population, grows: true }], 'value') ?? Number.NaN;
    const foreseen = (clusteredMean(now)?.standardError ?? Number.NaN) * Math.sqrt(1 - share * (1 - few / many));
    ratios.push(foreseen / (clusteredMean(later)?.standardError ?? Number.NaN));
  }
  expect(Math.abs((mean(ratios) ?? 0) - 1)).toBeLessThan(0.03);
});
