import { existsSync } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A file beside an attempt's record; the path is relative to the attempt's folder. */
export type AttemptFile = { readonly path: string; readonly content: string };

/** Larger files are left out here: they are in the run's folder. */
const limitBytes = 4 * 1024 ** 2;

/** Reads what stands beside the record of one attempt of a run; nothing where its folder is not there. */
export const readAttemptFiles = async (
  runFolder: string,
  { trialId, attemptId }: { readonly trialId: string; readonly attemptId: string },
): Promise<readonly AttemptFile[]> => {
  const folder = join(runFolder, 'trials', trialId, attemptId);
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true });
  const files: AttemptFile[] = [];
  for (const path of entries.sort()) {
    const status = await lstat(join(folder, path));
    // Links are not followed: a run's folder may come from somebody else.
    if (status.isFile() && status.size <= limitBytes)
      files.push({ path, content: await readFile(join(folder, path), 'utf8') });
  }
  return files;
};
