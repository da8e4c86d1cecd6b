import { existsSync } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrialRecord } from '../domain/trial.ts';

/** The files beside one attempt's record; paths relative to the attempt's folder. */
export type AttemptFiles = {
  readonly trialId: string;
  readonly attemptId: string;
  readonly files: readonly { readonly path: string; readonly content: string }[];
};

/** Larger files are left out here: they are in the run's folder. */
const limitBytes = 4 * 1024 ** 2;

const readFolder = async (folder: string): Promise<AttemptFiles['files']> => {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true });
  const files: { path: string; content: string }[] = [];
  for (const path of entries.sort()) {
    const status = await lstat(join(folder, path));
    // Links are not followed: a run's folder may come from somebody else.
    if (status.isFile() && status.size <= limitBytes)
      files.push({ path, content: await readFile(join(folder, path), 'utf8') });
  }
  return files;
};

/** Reads what stands beside the records of a run, attempt by attempt. */
export async function* readAttemptFiles(
  runFolder: string,
  records: AsyncIterable<TrialRecord>,
): AsyncGenerator<AttemptFiles> {
  for await (const { trialId, attemptId } of records) {
    yield { trialId, attemptId, files: await readFolder(join(runFolder, 'trials', trialId, attemptId)) };
  }
}
