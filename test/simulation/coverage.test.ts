import { expect, test } from 'vitest';
import { clusteredMean, clusteredMeanInterval } from '../../src/measure/cluster/clustered-mean.ts';
import type { Interval } from '../../src/measure/interval/interval.ts';
import { wilsonInterval } from '../../src/measure/interval/wilson.ts';
import { createRandom } from '../../src/measure/random/random.ts';
import { passRateInterval } from '../../src/measure/rate/pass-rate-interval.ts';
import { sum } from '../../src/measure/sample/moments.ts';
import { drawAttempts, drawTaskRates } from '../support/simulated-attempts.ts';

const REPLICATES = 2000;

type Method = (attempts: readonly (readonly number[])[]) => Interval | undefined;

const METHODS = {
  default: (attempts) => passRateInterval(attempts),
  wilsonOnTrials: (attempts) => {
    const flat = attempts.flat();
    return wilsonInterval({ successes: sum(flat), trials: flat.length });
  },
  tOnTaskMeans: (attempts) => {
    const estimate = clusteredMean(attempts);
    return estimate && clusteredMeanInterval(estimate);
  },
} satisfies Record<string, Method>;

/** Share of simulated benchmarks whose interval contains the true rate, by method. */
function coverage(nTasks: number, k: number, rate: number): Record<keyof typeof METHODS, number> {
  const random = createRandom(1, `coverage ${nTasks} ${k} ${rate}`);
  const covered = { default: 0, wilsonOnTrials: 0, tOnTaskMeans: 0 };
  for (let replicate = 0; replicate < REPLICATES; replicate++) {
    const attempts = drawAttempts(random, drawTaskRates(random, nTasks, { rate, icc: 0.6 }), k);
    for (const [name, method] of Object.entries(METHODS)) {
      const interval = method(attempts);
      if (interval !== undefined && interval.low <= rate && rate <= interval.high)
        covered[name as keyof typeof METHODS]++;
    }
  }
  return {
    default: covered.default / REPLICATES,
    wilsonOnTrials: covered.wilsonOnTrials / REPLICATES,
    tOnTaskMeans: covered.tOnTaskMeans / REPLICATES,
  };
}

test.for([
  { nTasks: 20, k: 5, rate: 0.95 },
  { nTasks: 20, k: 5, rate: 0.6 },
  { nTasks: 20, k: 1, rate: 0.95 },
  { nTasks: 89, k: 5, rate: 0.6 },
  { nTasks: 89, k: 5, rate: 0.95 },
])(
  'the default 95% interval covers at least 93% of the time: $nTasks tasks × $k, rate $rate',
  ({ nTasks, k, rate }) => {
    expect(coverage(nTasks, k, rate).default).toBeGreaterThanOrEqual(0.93);
  },
);

test('the usual intervals do not: Wilson on trials and t on task means near 1', () => {
  const shares = coverage(20, 5, 0.95);
  expect(shares.wilsonOnTrials).toBeLessThan(0.8);
  expect(shares.tOnTaskMeans).toBeLessThan(0.8);
  expect(coverage(89, 5, 0.6).wilsonOnTrials).toBeLessThan(0.8);
});
