import type { Random } from '../../src/measure/random/random.ts';

/** How hard the simulated tasks are: mean rate, and the correlation of two attempts at one task. */
export interface Difficulty {
  readonly rate: number;
  readonly icc: number;
}

/** Success rates of simulated tasks, beta-distributed with the given mean and intra-task correlation. */
export function drawTaskRates(random: Random, nTasks: number, { rate, icc }: Difficulty): number[] {
  const total = (1 - icc) / icc;
  return Array.from({ length: nTasks }, () => drawBeta(random, rate * total, (1 - rate) * total));
}

/** Attempts at tasks of the given rates, each 0 or 1. */
export function drawAttempts(random: Random, taskRates: readonly number[], attempts: number): number[][] {
  return taskRates.map((rate) => Array.from({ length: attempts }, () => (random.uniform() < rate ? 1 : 0)));
}

/** Jöhnk's method (1964), fit for shapes below 1, which correlations above ½ give. */
function drawBeta(random: Random, alpha: number, beta: number): number {
  for (;;) {
    const x = random.uniform() ** (1 / alpha);
    const y = random.uniform() ** (1 / beta);
    if (x + y > 0 && x + y <= 1) return x / (x + y);
  }
}
