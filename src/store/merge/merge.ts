import { existsSync } from 'node:fs';
import { cp, lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../domain/errors.ts';
import type { Manifest } from '../../domain/run.ts';
import type { TrialRecord } from '../../domain/trial.ts';
import { createStore, readRun } from '../jsonl.ts';
import { requireSamePlan } from './same-plan.ts';
import { refuse } from './shard.ts';
import { takeRecords } from './take-records.ts';

/** What a merge came to. */
export type Merged = {
  readonly records: number;
  readonly doubled: number;
  readonly planned: number;
  readonly missing: number;
};

const isPlainName = (name: string): boolean => !/[\\/\0]/.test(name) && name !== '.' && name !== '..';

const copyFiles = async (from: string, to: string, { trialId, attemptId }: TrialRecord): Promise<void> => {
  if (![trialId, attemptId].every(isPlainName))
    refuse(`its log names a folder outside of the run: ${trialId}/${attemptId}`, from, 'do not use this folder');
  const part = join('trials', trialId, attemptId);
  if (!existsSync(join(from, part))) return;
  // Links are left out: a run's folder may come from somebody else.
  const filter = async (path: string) => !(await lstat(path)).isSymbolicLink();
  await cp(join(from, part), join(to, part), { recursive: true, filter });
};

/**
 * Puts shards of one plan together as a new run: every record and its files, nothing altered. Throws UserError for another plan, for conflicting
 * results and for a folder that is taken.
 */
export const mergeRuns = async (folder: string, shardFolders: readonly string[], runId: string): Promise<Merged> => {
  const shards = await Promise.all(shardFolders.map(async (path) => ({ folder: path, ...(await readRun(path)) })));
  const [first, ...others] = shards;
  if (first === undefined) throw new UserError('there is nothing to merge', { fix: 'name at least one run' });
  if (existsSync(folder))
    refuse(`${folder} is there already`, folder, 'give a folder that does not exist: a merge never adds to a run');
  for (const shard of others) requireSamePlan(first, shard);
  const { taken, doubled } = await takeRecords(shards);
  const mergedFrom = shards.map(({ manifest }) => manifest.runId);
  const manifest: Manifest = { ...first.manifest, runId, mergedFrom };
  await using store = await createStore(folder, { manifest, redact: (text) => text });
  for (const { record, shard } of taken) {
    await copyFiles(shard.folder, folder, record);
    await store.append(record);
  }
  const recorded = new Set(taken.map(({ record }) => record.trialId));
  const planned = manifest.plan.length;
  return { records: taken.length, doubled, planned, missing: planned - recorded.size };
};
