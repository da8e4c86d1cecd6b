import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { UserError } from '../domain/errors.ts';
import { parseYaml } from '../yaml/parse.ts';

const isYaml = (name: string) => name.endsWith('.yaml') || name.endsWith('.yml');

const filesOf = async (path: string): Promise<readonly string[]> => {
  const information = await stat(path).catch((cause: unknown) => {
    throw new UserError(`${path}: no such file or folder`, { where: path, cause });
  });
  if (!information.isDirectory()) return [path];
  const names = await readdir(path, { recursive: true });
  return names
    .filter(isYaml)
    .sort()
    .map((name) => join(path, name));
};

/** Reads every YAML file of the given files and folders (searched deeply, in order of name) by one schema. */
export const loadYamlFiles = async <Schema extends z.ZodType>(
  paths: readonly string[],
  schema: Schema,
): Promise<readonly z.output<Schema>[]> => {
  const files = (await Promise.all(paths.map(filesOf))).flat();
  return Promise.all(files.map(async (file) => parseYaml(await readFile(file, 'utf8'), file, schema).value));
};
