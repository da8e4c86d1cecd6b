import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Pack } from 'tar-stream';

/** Something of a host folder that goes into an archive; `path` is relative with forward slashes. */
export type HostEntry = {
  readonly path: string;
  readonly hostPath: string;
  readonly kind: 'file' | 'directory' | 'symlink';
  /** Permission bits. */
  readonly mode: number;
  readonly size: number;
  readonly modifiedAt: Date;
  readonly target?: string | undefined;
};

const permissionBits = 0o7777;

const kindOf = (stat: Awaited<ReturnType<typeof lstat>>): HostEntry['kind'] | undefined => {
  if (stat.isFile()) return 'file';
  if (stat.isDirectory()) return 'directory';
  return stat.isSymbolicLink() ? 'symlink' : undefined;
};

/** Lists a folder's content in a fixed order, folders before what they hold; sockets, pipes and devices are left out. */
export const listFolder = async (folder: string, inside = ''): Promise<readonly HostEntry[]> => {
  const entries: HostEntry[] = [];
  for (const name of (await readdir(join(folder, inside))).sort()) {
    const path = posix.join(inside, name);
    const hostPath = join(folder, path);
    const stat = await lstat(hostPath);
    const kind = kindOf(stat);
    if (kind === undefined) continue;
    const target = kind === 'symlink' ? await readlink(hostPath) : undefined;
    const { size, mtime: modifiedAt } = stat;
    entries.push({ path, hostPath, kind, mode: stat.mode & permissionBits, size, modifiedAt, target });
    if (kind === 'directory') entries.push(...(await listFolder(folder, path)));
  }
  return entries;
};

/** Puts an entry into an archive under `name`, owned by root. A file that shrinks or grows meanwhile makes it throw. */
export const packEntry = async (pack: Pack, name: string, entry: HostEntry): Promise<void> => {
  const header = { name, mode: entry.mode, mtime: entry.modifiedAt, uid: 0, gid: 0 };
  if (entry.kind === 'file') {
    const sink = pack.entry({ ...header, size: entry.size });
    await pipeline(createReadStream(entry.hostPath), sink);
    return;
  }
  if (entry.kind === 'directory') pack.entry({ ...header, type: 'directory' });
  else pack.entry({ ...header, type: 'symlink', linkname: entry.target ?? '' });
};
