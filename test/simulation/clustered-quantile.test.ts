import { expect, test } from 'vitest';
import { createRandom, type Random } from '../../src/measure/random/random.ts';
import { clusteredQuantile } from '../../src/measure/sample/clustered-quantile.ts';

const replicates = 1500;
const normal = (random: Random) =>
  Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());

const normalQuantiles = { 0.5: 0, 0.95: 1.6448536269514715 } as const;

/** Share of replicates in which each one-sided 95% bound is on the right side of the true quantile; half of the variance is between tasks. */
const coverage = (tasks: number, turns: number, q: keyof typeof normalQuantiles) => {
  const random = createRandom(3, `${tasks} ${turns} ${q}`);
  const truth = normalQuantiles[q] * Math.SQRT2;
  let lower = 0;
  let upper = 0;
  for (let replicate = 0; replicate < replicates; replicate += 1) {
    const clusters = Array.from({ length: tasks }, () => {
      const centre = normal(random);
      return Array.from({ length: turns }, () => centre + normal(random));
    });
    const bounds = clusteredQuantile(clusters, q, 0.95);
    if ((bounds?.lowerBound ?? 0) <= truth) lower += 1;
    if ((bounds?.upperBound ?? 0) >= truth) upper += 1;
  }
  return { lower: lower / replicates, upper: upper / replicates };
};

test.for([
  { tasks: 20, turns: 10, q: 0.5 as const },
  { tasks: 20, turns: 10, q: 0.95 as const },
  { tasks: 89, turns: 5, q: 0.95 as const },
  { tasks: 40, turns: 1, q: 0.5 as const },
])('each one-sided 95% bound of a clustered quantile covers: $tasks tasks × $turns, q $q', ({ tasks, turns, q }) => {
  const shares = coverage(tasks, turns, q);
  expect(shares.lower).toBeGreaterThanOrEqual(0.93);
  expect(shares.upper).toBeGreaterThanOrEqual(0.93);
});
