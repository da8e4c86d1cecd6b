import { lstat } from 'node:fs/promises';
import { posix } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type Dockerode from 'dockerode';
import { type Pack, pack } from 'tar-stream';
import { InfraError } from '../../../domain/errors.ts';
import { withDeadline } from '../engine/deadline.ts';
import { engineFailure } from '../engine/failure.ts';
import { captureScript } from '../exec/capture.ts';
import { listFolder, packEntry } from './pack.ts';
import { isVolatile } from './volatile.ts';

const uploadMs = 10 * 60_000;
const defaultMode = 0o644;
const folderMode = 0o755;

/** Names in the archive are relative to `/`: an entry there replaces a link of its name, where a path given to the engine follows it. */
const nameOf = (path: string): string => posix.normalize(path).replace(/^\/+|\/+$/g, '');

const unpackInside = async (container: Dockerode.Container, archive: Readable): Promise<void> => {
  const stdin = await buffer(archive);
  const { exitCode, stderr } = await captureScript(container, { script: 'tar -xf - -C /', stdin });
  if (exitCode !== 0) throw new InfraError('sandbox', 'helper-failed', `tar ended with ${exitCode}: ${stderr}`);
};

/** Plain tar, never compressed: older engines unpack others with programs that they look up in the container. */
const send = async (container: Dockerode.Container, archive: Readable, path: string): Promise<void> => {
  try {
    if (isVolatile(path)) return await unpackInside(container, archive);
    await withDeadline((abortSignal) => container.putArchive(archive, { path: '/', abortSignal }), {
      what: `uploading to ${path}`,
      ms: uploadMs,
    });
  } catch (error) {
    archive.destroy();
    throw engineFailure(error, `could not upload to ${path}`);
  }
};

/** The archive as a plain stream that ends with the error when `fill` throws. */
const archiveOf = (fill: (archive: Pack) => Promise<void>): Readable => {
  const archive = pack();
  const stream = Readable.from(archive, { objectMode: false });
  fill(archive).then(
    () => archive.finalize(),
    (error: Error) => archive.destroy(error),
  );
  return stream;
};

/** Writes a file as root, with its folders, in place of whatever file or link is there. Throws InfraError. */
export const writeFileIn = async (
  container: Dockerode.Container,
  path: string,
  { content, mode = defaultMode }: { readonly content: string | Uint8Array; readonly mode?: number | undefined },
): Promise<void> => {
  const archive = archiveOf(async (entries) => {
    entries.entry({ name: nameOf(path), mode, uid: 0, gid: 0, mtime: new Date() }, Buffer.from(content));
  });
  await send(container, archive, path);
};

/**
 * Puts the content of a host folder at `path` with its modes, owned by root, replacing a link that stands there. What is in the container's
 * folder already stays. Throws InfraError, also when the host folder cannot be read.
 */
export const uploadFolderTo = async (
  container: Dockerode.Container,
  hostFolder: string,
  path: string,
): Promise<void> => {
  const name = nameOf(path);
  const archive = archiveOf(async (entries) => {
    const { mtime } = await lstat(hostFolder);
    if (name !== '') entries.entry({ name: `${name}/`, type: 'directory', mode: folderMode, uid: 0, gid: 0, mtime });
    for (const entry of await listFolder(hostFolder)) await packEntry(entries, posix.join(name, entry.path), entry);
  });
  await send(container, archive, path);
};
