import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack } from 'tar-stream';
import { ignoreFilter } from '../dockerfile/dockerignore.ts';
import { type HostEntry, listFolder, packEntry } from '../files/pack.ts';

/** What an image is built from: the Dockerfile's text and the files beside it. */
export type BuildContext = {
  readonly dockerfile: string;
  readonly dockerignore: string;
  readonly entries: readonly HostEntry[];
};

/** Under this name the Dockerfile travels, so that one in the context stays what it is. */
export const dockerfileName = '.tacho.Dockerfile';

/** Reads a folder without what its .dockerignore leaves out; without a folder the context is empty. */
export const readContext = async (dockerfile: string, folder: string | undefined): Promise<BuildContext> => {
  if (folder === undefined) return { dockerfile, dockerignore: '', entries: [] };
  const dockerignore = await readFile(join(folder, '.dockerignore'), 'utf8').catch(() => '');
  const isIgnored = ignoreFilter(dockerignore);
  const entries = (await listFolder(folder)).filter(({ path }) => !isIgnored(path));
  return { dockerfile, dockerignore, entries };
};

const fileDigest = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
};

/** sha256 over all that a build depends on: Dockerfile, the files with their modes, and `more`. Times of files are no part of it. */
export const contextDigest = async (context: BuildContext, more: readonly string[]): Promise<string> => {
  const hash = createHash('sha256').update(JSON.stringify([context.dockerfile, context.dockerignore, more]));
  for (const { path, kind, mode, target, hostPath } of context.entries)
    hash.update(JSON.stringify([path, kind, mode, target, kind === 'file' ? await fileDigest(hostPath) : '']));
  return hash.digest('hex');
};

/**
 * What the first builder reads to keep our Dockerfile, and a .dockerignore that the folder did not have, out of a `COPY . .`. BuildKit
 * does not read it from an archive.
 */
const hidingIgnore = (dockerignore: string): string =>
  `${dockerignore}\n${dockerfileName}\n${dockerignore === '' ? '.dockerignore\n' : ''}`;

/** The context as a plain tar, with the Dockerfile under a name of its own. */
export const contextArchive = (
  { dockerfile, dockerignore, entries }: BuildContext,
  { buildKit }: { readonly buildKit: boolean },
): Readable => {
  const archive = pack();
  const stream = Readable.from(archive, { objectMode: false });
  const own = (name: string, text: string) => archive.entry({ name, mode: 0o644, mtime: new Date(0) }, text);
  const fill = async (): Promise<void> => {
    own(dockerfileName, dockerfile);
    if (!buildKit) own('.dockerignore', hidingIgnore(dockerignore));
    for (const entry of entries)
      if (buildKit || entry.path !== '.dockerignore') await packEntry(archive, entry.path, entry);
    archive.finalize();
  };
  fill().catch((error: Error) => archive.destroy(error));
  return stream;
};
