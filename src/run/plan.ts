import { createHash } from 'node:crypto';
import type { Suite } from '../domain/task.ts';
import type { TrialSpec } from '../domain/trial.ts';

/** The id of a plan entry: the same on every machine, shard and restart. */
export const trialIdOf = (entry: Omit<TrialSpec, 'trialId'>): string =>
  createHash('sha256')
    .update(JSON.stringify([entry.suite, entry.task, entry.taskDigest, entry.contender, entry.index]))
    .digest('hex')
    .slice(0, 16);

/** A number in [0, 2^32) from a seed and words: order without a random generator's state. */
const hashed = (seed: number, ...words: readonly (string | number)[]): number =>
  createHash('sha256')
    .update(JSON.stringify([seed, ...words]))
    .digest()
    .readUInt32BE(0);

const sortedBy = <Item>(items: readonly Item[], key: (item: Item) => number): readonly Item[] =>
  items
    .map((item) => ({ item, key: key(item) }))
    .sort((left, right) => left.key - right.key)
    .map(({ item }) => item);

/**
 * Every task × contender × index once. Interleaved, so that a drift of the machine or of a provider falls on all
 * contenders alike: index by index, tasks in a seeded order, and for each task all contenders side by side in a seeded order.
 */
export const planTrials = (
  suites: readonly Suite[],
  {
    contenders,
    attempts,
    seed,
  }: { readonly contenders: readonly string[]; readonly attempts: number; readonly seed: number },
): readonly TrialSpec[] => {
  const tasks = suites.flatMap((suite) => suite.tasks);
  return Array.from({ length: attempts }, (_, index) =>
    sortedBy(tasks, (task) => hashed(seed, 'task', index, task.suite, task.id)).flatMap((task) =>
      sortedBy(contenders, (contender) => hashed(seed, 'contender', index, task.suite, task.id, contender)).map(
        (contender) => {
          const entry = { suite: task.suite, task: task.id, taskDigest: task.digest, contender, index };
          return { trialId: trialIdOf(entry), ...entry };
        },
      ),
    ),
  ).flat();
};
