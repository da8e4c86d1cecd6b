import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Every file and link below a folder as relative paths with `/`, sorted by code unit. */
export const listFiles = async (folder: string, prefix = ''): Promise<readonly string[]> => {
  const entries = await readdir(join(folder, prefix), { withFileTypes: true });
  const nested = await Promise.all(
    entries.map((entry) => {
      const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
      return entry.isDirectory() ? listFiles(folder, path) : [path];
    }),
  );
  return nested.flat().sort();
};

/** sha256 (hex) over the paths, executable bits and contents below a folder; the same on every machine. */
export const folderDigest = async (folder: string, extra: readonly string[] = []): Promise<string> => {
  const hash = createHash('sha256');
  for (const path of await listFiles(folder)) {
    const status = await lstat(join(folder, path));
    const content = status.isSymbolicLink() ? await readlink(join(folder, path)) : await readFile(join(folder, path));
    const kind = status.isSymbolicLink() ? 'link' : status.mode & 0o100 ? 'executable' : 'file';
    hash.update(`${path}\0${kind}\0${content.length}\0`).update(content);
  }
  for (const text of extra) hash.update(`\0${text}`);
  return hash.digest('hex');
};
