import { expect, test } from 'vitest';
import { judgeNonInferiority } from '../../src/measure/paired/non-inferiority.ts';
import { passRateDifference } from '../../src/measure/paired/pass-rate-difference.ts';
import { createRandom } from '../../src/measure/random/random.ts';
import { judge } from '../support/gate-report.ts';
import { aMeasuredRun, resolved, unresolved } from '../support/measured-run.ts';
import { drawAttempts, drawTaskRates } from '../support/simulated-attempts.ts';

const ALPHA = 0.05;
const REPLICATES = 2000;
/** Three standard errors of a simulated share of α. */
const SIMULATION_ERROR = 3 * Math.sqrt((ALPHA * (1 - ALPHA)) / REPLICATES);

/** Differences of two arms of the same true rates. */
function simulateDifferences(nTasks: number, k: number) {
  const random = createRandom(1, `arms ${nTasks} ${k}`);
  return Array.from({ length: REPLICATES }, () => {
    const rates = drawTaskRates(random, nTasks, { rate: 0.6, icc: 0.6 });
    const difference = passRateDifference(drawAttempts(random, rates, k), drawAttempts(random, rates, k), 1 - ALPHA);
    if (difference === undefined) throw new Error('the arms have no task in common');
    return difference;
  });
}

test.for([
  { nTasks: 89, k: 1, passes: { 0.02: 0.11, 0.05: 0.29, 0.1: 0.69 } },
  { nTasks: 89, k: 5, passes: { 0.02: 0.25, 0.05: 0.77, 0.1: 0.999 } },
  { nTasks: 731, k: 3, passes: { 0.02: 0.69, 0.05: 1 } },
])(
  'identical arms of $nTasks tasks × $k never fail more than α and pass as often as planned',
  ({ nTasks, k, passes }) => {
    const differences = simulateDifferences(nTasks, k);
    const share = (verdict: string, margin: number) =>
      differences.filter((difference) => judgeNonInferiority(difference, margin) === verdict).length / REPLICATES;
    for (const [margin, planned] of Object.entries(passes)) {
      expect(share('fail', Number(margin)), `failed at margin ${margin}`).toBeLessThanOrEqual(ALPHA);
      expect(Math.abs(share('pass', Number(margin)) - planned), `passed at margin ${margin}`).toBeLessThan(0.02);
    }
    // Without a margin the bound itself is tested: it must be wrong α of the time, neither more nor much less.
    expect(Math.abs(share('fail', 0) - ALPHA)).toBeLessThan(SIMULATION_ERROR);
  },
);

test('gates on identical arms, judged as `tacho gate` does: 89 tasks × 1', async () => {
  const random = createRandom(2, 'gates on identical arms');
  const margins = [2, 5];
  const gates = margins.map(
    (margin) =>
      `  - { name: m${margin}, contender: spark, metric: pass_rate, not_worse_than: codex, by_more_than: ${margin} points }\n`,
  );
  const oneRun = async () => {
    const rates = drawTaskRates(random, 89, { rate: 0.6, icc: 0.6 });
    const arms = { spark: drawAttempts(random, rates, 1), codex: drawAttempts(random, rates, 1) };
    const run = await aMeasuredRun({
      tasks: 89,
      trial: ({ contender, task }) => ({
        verdict: arms[contender === 'spark' ? 'spark' : 'codex'][task]?.[0] === 1 ? resolved : unresolved,
      }),
    });
    return judge(gates.join(''), { run }, 'family: none\n').gates.map(({ verdict }) => verdict);
  };
  const verdicts = await Array.fromAsync({ length: REPLICATES }, oneRun);
  const share = (verdict: string, place: number) =>
    verdicts.filter((found) => found[place] === verdict).length / REPLICATES;
  expect(verdicts.flat()).not.toContain('not_evaluated');
  for (const place of margins.keys()) expect(share('fail', place)).toBeLessThanOrEqual(ALPHA);
  for (const [place, planned] of [0.11, 0.29].entries())
    expect(Math.abs(share('pass', place) - planned)).toBeLessThan(
      3 * Math.sqrt((planned * (1 - planned)) / REPLICATES),
    );
});
