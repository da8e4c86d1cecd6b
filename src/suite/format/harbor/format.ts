import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { SuiteFormat } from '../../suite.ts';
import { readSuiteFile } from '../../suite-file.ts';
import { loadHarborTask } from './task.ts';

const isTask = (folder: string): boolean => existsSync(join(folder, 'task.toml'));

const taskFolders = async (folder: string): Promise<readonly string[]> => {
  if (isTask(folder)) return [folder];
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .map((entry) => join(folder, entry.name))
    .filter(isTask)
    .sort();
};

/** The Harbor task format (Terminal-Bench 2): one folder a task, or a folder of such folders. */
export const harborFormat = (hostVariables: Readonly<Record<string, string | undefined>>): SuiteFormat => ({
  name: 'harbor',
  recognises: async (path) =>
    existsSync(path) && (await readdir(path).catch(() => [])).length > 0 && (await taskFolders(path)).length > 0,
  load: async (path) => {
    const folder = resolve(path);
    const folders = await taskFolders(folder);
    // A single task is the suite of its parent folder, so that its trial ids match those of the whole suite.
    const suiteFolder = isTask(folder) ? dirname(folder) : folder;
    const { name, version } = await readSuiteFile(suiteFolder);
    const loaded = await Promise.all(
      folders.map((task) => loadHarborTask(task, { suite: name || basename(suiteFolder), hostVariables })),
    );
    return {
      name,
      version,
      format: 'harbor',
      tasks: loaded.flatMap((task) => ('digest' in task ? [task] : [])),
      unsupported: loaded.flatMap((task) => ('reason' in task ? [task] : [])),
    };
  },
});
