import { createRandom } from '../../measure/random/random.ts';
import { shuffled } from '../../measure/random/shuffle.ts';
import type { Job } from './job.ts';

/** All jobs once, at one arm, by a number of agents at a time. */
export type Block = { readonly arm: string; readonly agents: number; readonly jobs: readonly Job[] };

/**
 * One block for each number of agents and each arm: the numbers in a seeded order, the arms side by side. All blocks hold
 * the same jobs in the same seeded order, so that a job can be compared with itself.
 */
export const planBlocks = (
  jobs: readonly Job[],
  {
    arms,
    agents,
    seed,
    limit,
  }: {
    readonly arms: readonly string[];
    readonly agents: readonly number[];
    readonly seed: number;
    /** At most so many jobs. */
    readonly limit?: number | undefined;
  },
): readonly Block[] => {
  const chosen = shuffled(jobs, createRandom(seed, 'jobs')).slice(0, limit);
  return shuffled(agents, createRandom(seed, 'agents')).flatMap((number) =>
    shuffled(arms, createRandom(seed, `arms at ${number} agents`)).map((arm) => ({
      arm,
      agents: number,
      jobs: chosen,
    })),
  );
};
