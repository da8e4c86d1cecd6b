import { existsSync } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, truncate } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { InfraError } from '../domain/errors.ts';
import type { Manifest } from '../domain/run.ts';
import { acquireLock } from './lock.ts';
import { encodeLine } from './log-line.ts';
import { readManifest, writeDocument } from './manifest.ts';
import { readLog } from './read-log.ts';
import type { Redact } from './redact.ts';
import type { RunStore } from './store.ts';

const logName = 'trials.jsonl';

/** Cuts a torn last line off, so that the next record starts on a line of its own. */
const dropTornTail = async (path: string): Promise<void> => {
  if (!existsSync(path)) return;
  const content = await readFile(path);
  const end = content.lastIndexOf(0x0a) + 1;
  if (end < content.length) await truncate(path, end);
};

const insideOf = (folder: string, path: string): string => {
  const relative = normalize(path);
  if (relative.startsWith('..') || relative.startsWith('/'))
    throw new InfraError('store', 'path-outside', `refused to write ${path}: outside of the run's folder`);
  return join(folder, relative);
};

const storeOver = async (
  folder: string,
  { manifest, redact }: { manifest: Manifest; redact: Redact },
): Promise<RunStore> => {
  const lock = await acquireLock(join(folder, 'lock'));
  const path = join(folder, logName);
  await dropTornTail(path);
  const known = new Set<string>();
  for await (const record of readLog(path)) known.add(record.attemptId);
  const file: FileHandle = await open(path, 'a', 0o600);
  // Appends are queued: one write and one fdatasync a record, in order.
  let queue: Promise<void> = Promise.resolve();
  return {
    folder,
    manifest,
    append: (record) => {
      queue = queue.then(async () => {
        if (known.has(record.attemptId)) return;
        await file.write(encodeLine(JSON.parse(redact(JSON.stringify(record)))));
        await file.datasync();
        known.add(record.attemptId);
      });
      return queue;
    },
    records: () => readLog(path),
    writeArtifact: async ({ trialId, attemptId }, name, content) => {
      const target = insideOf(join(folder, 'trials', trialId, attemptId), name);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await writeDocument(target, redact(content));
    },
    [Symbol.asyncDispose]: async () => {
      await queue.catch(() => undefined);
      await file.close();
      await lock[Symbol.asyncDispose]();
    },
  };
};

/** Starts a run's folder: manifest first, then the log. Throws InfraError when the run id is taken. */
export const createStore = async (
  folder: string,
  options: { readonly manifest: Manifest; readonly redact: Redact },
): Promise<RunStore> => {
  if (existsSync(join(folder, 'manifest.json')))
    throw new InfraError('store', 'run-exists', `${folder} already holds a run`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeDocument(join(folder, 'manifest.json'), `${options.redact(JSON.stringify(options.manifest, null, 1))}\n`);
  return storeOver(folder, options);
};

/** Opens an existing run for more records. */
export const openStore = async (folder: string, options: { readonly redact: Redact }): Promise<RunStore> =>
  storeOver(folder, { manifest: await readManifest(folder), redact: options.redact });

/** Reads a finished (or running) run without touching it. */
export const readRun = async (
  folder: string,
): Promise<{ readonly manifest: Manifest; readonly records: () => ReturnType<typeof readLog> }> => ({
  manifest: await readManifest(folder),
  records: () => readLog(join(folder, logName)),
});
