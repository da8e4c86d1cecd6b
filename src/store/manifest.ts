import { existsSync } from 'node:fs';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../domain/errors.ts';
import type { Manifest } from '../domain/run.ts';

/** Writes a whole document so that a crash leaves either the old one or the new one. */
export const writeDocument = async (path: string, content: string): Promise<void> => {
  const temporary = `${path}.${process.pid}.tmp`;
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.writeFile(content);
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
};

const isManifest = (value: unknown): value is Manifest =>
  typeof value === 'object' &&
  value !== null &&
  'schema' in value &&
  value.schema === 1 &&
  'plan' in value &&
  Array.isArray(value.plan);

/** Reads a run's manifest. Throws UserError when the folder is no run. */
export const readManifest = async (folder: string): Promise<Manifest> => {
  const path = join(folder, 'manifest.json');
  if (!existsSync(path))
    throw new UserError(`${folder} is not a run: it has no manifest.json`, {
      where: folder,
      fix: 'give a folder below results/, as `tacho run` printed it',
    });
  const value: unknown = await readFile(path, 'utf8')
    .then(JSON.parse)
    .catch((error: unknown) => {
      throw new UserError(`manifest.json cannot be read: ${String(error)}`, {
        where: path,
        fix: 'the run folder is damaged; restore it from a copy',
      });
    });
  if (!isManifest(value))
    throw new UserError('manifest.json is of another version of Tacho', {
      where: path,
      fix: 'use the version that wrote it (key `tacho.version`)',
    });
  return value;
};
