import { isDeepStrictEqual } from 'node:util';
import type { TrialRecord } from '../../domain/trial.ts';
import { refuse, type Shard } from './shard.ts';

const namesShown = 5;

const listText = (names: readonly string[]): string =>
  `${names.slice(0, namesShown).join(', ')}${names.length > namesShown ? ` and ${names.length - namesShown} more` : ''}`;

/** A record and the shard it comes from. */
export type Taken = { readonly record: TrialRecord; readonly shard: Shard };

/** Whether an attempt says something about its contender; those that our side broke do not. */
const settles = ({ infraError, verdict }: TrialRecord): boolean => infraError === undefined || verdict !== undefined;

/** All records of all shards, each once. Throws UserError where two shards hold different results: to choose would be to cherry-pick. */
export const takeRecords = async (
  shards: readonly Shard[],
): Promise<{ readonly taken: readonly Taken[]; readonly doubled: number }> => {
  const byAttempt = new Map<string, Taken>();
  const settledIn = new Map<string, Shard>();
  const conflicts: string[] = [];
  let doubled = 0;
  for (const shard of shards) {
    const planned = new Set(shard.manifest.plan.map(({ trialId }) => trialId));
    for await (const record of shard.records()) {
      if (!planned.has(record.trialId))
        refuse(
          `its log holds a trial that is not in its plan: ${record.trialId}`,
          shard.folder,
          'restore the folder from a copy',
        );
      const known = byAttempt.get(record.attemptId);
      if (known !== undefined) {
        doubled += 1;
        if (!isDeepStrictEqual(known.record, record)) conflicts.push(`attempt ${record.attemptId}`);
        continue;
      }
      const settled = settledIn.get(record.trialId);
      if (settles(record) && settled !== undefined && settled !== shard)
        conflicts.push(`${record.contender} on ${record.suite}/${record.task} #${record.index}`);
      if (settles(record)) settledIn.set(record.trialId, shard);
      byAttempt.set(record.attemptId, { record, shard });
    }
  }
  if (conflicts.length > 0)
    refuse(
      `${conflicts.length} trials have results in more than one shard: ${listText(conflicts)}`,
      shards.map(({ folder }) => folder).join(', '),
      'leave one of these runs out: choosing between results of one trial would be choosing the result',
    );
  return { taken: [...byAttempt.values()], doubled };
};
