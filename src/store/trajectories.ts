import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrialRecord } from '../domain/trial.ts';
import { readRun } from './jsonl.ts';

/**
 * The records of a run with the trajectory beside each, in the order of the log; of a trial with several attempts the
 * last. Attempts that our side broke are left out. Throws UserError where the folder is no run.
 */
export const readTrajectories = async (
  folder: string,
): Promise<readonly { readonly record: TrialRecord; readonly trajectory: unknown }[]> => {
  const { records } = await readRun(folder);
  const last = new Map<string, TrialRecord>();
  for await (const record of records()) if (record.infraError === undefined) last.set(record.trialId, record);
  const found: { record: TrialRecord; trajectory: unknown }[] = [];
  for (const record of last.values()) {
    const path = join(folder, 'trials', record.trialId, record.attemptId, 'trajectory.json');
    if (existsSync(path)) found.push({ record, trajectory: JSON.parse(await readFile(path, 'utf8')) });
  }
  return found;
};
