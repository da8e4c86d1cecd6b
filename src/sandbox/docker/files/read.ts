import type { IncomingMessage } from 'node:http';
import { posix } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type Dockerode from 'dockerode';
import { extract } from 'tar-stream';
import { InfraError } from '../../../domain/errors.ts';
import { withDeadline } from '../engine/deadline.ts';
import { engineFailure, isMissing, reasonOf } from '../engine/failure.ts';
import { captureScript } from '../exec/capture.ts';
import { isVolatile } from './volatile.ts';

const defaultLimitBytes = 16 * 2 ** 20;
const readMs = 60_000;
const mostLinks = 16;
const noFile = 44;

type PathStat = { readonly size: number; readonly mode: number; readonly linkTarget: string };
/** The content, where to look instead, or undefined when there is no file. */
type Found = { readonly content: Uint8Array } | { readonly linkTarget: string } | undefined;

/** Bits of Go's os.FileMode, as the engine sends it. */
const modeBits = { link: 2 ** 27, anyButFile: 0x8f280000 };

const tooLarge = (path: string, limitBytes: number): InfraError =>
  new InfraError('sandbox', 'file-too-large', `${path} is larger than ${limitBytes} bytes`);

const statOf = (response: IncomingMessage): PathStat => {
  const header = response.headers['x-docker-container-path-stat'];
  const { size, mode, linkTarget } = JSON.parse(Buffer.from(String(header), 'base64').toString('utf8'));
  return { size: Number(size), mode: Number(mode), linkTarget: String(linkTarget ?? '') };
};

/** The content of the first entry; the size that it states was checked, and nothing beyond it is read. */
const firstEntry = async (archive: Readable): Promise<Uint8Array> => {
  const entries = extract();
  archive.on('error', (error) => entries.destroy(error));
  archive.pipe(entries);
  for await (const entry of entries) {
    return await buffer(entry);
  }
  throw new InfraError('sandbox', 'archive-empty', 'the engine sent an archive without an entry');
};

const fetchPath = async (container: Dockerode.Container, path: string, limitBytes: number): Promise<Found> => {
  let response: IncomingMessage | undefined;
  const read = async (abortSignal: AbortSignal): Promise<Found> => {
    response = (await container.getArchive({ path, abortSignal })) as IncomingMessage;
    const { size, mode, linkTarget } = statOf(response);
    if ((mode & modeBits.link) !== 0) return { linkTarget: posix.resolve(posix.dirname(path), linkTarget) };
    if ((mode & modeBits.anyButFile) !== 0) return undefined;
    if (size > limitBytes) throw tooLarge(path, limitBytes);
    return { content: await firstEntry(response) };
  };
  try {
    return await withDeadline(read, { what: `reading ${path}`, ms: readMs });
  } catch (error) {
    if (isMissing(error) && !/no such container/i.test(reasonOf(error))) return undefined;
    // A loop of links, in the words of older and newer engines.
    if (/too many (links|levels of symbolic links)/.test(reasonOf(error))) return undefined;
    throw engineFailure(error, `could not read ${path}`);
  } finally {
    // An archive that nobody reads on locks the container: even kill would wait for it.
    response?.destroy();
  }
};

const readVolatile = async (
  container: Dockerode.Container,
  path: string,
  limitBytes: number,
): Promise<Uint8Array | undefined> => {
  const script = `if [ -f "$1" ]; then head -c "$2" <"$1"; else (exit ${noFile}); fi`;
  const parameters = [path, String(limitBytes + 1)];
  const { exitCode, stdout, stderr } = await captureScript(container, {
    script,
    parameters,
    limitBytes: limitBytes + 1,
  });
  if (exitCode === noFile) return undefined;
  if (exitCode !== 0) throw new InfraError('sandbox', 'helper-failed', `could not read ${path}: ${stderr}`);
  if (stdout.length > limitBytes) throw tooLarge(path, limitBytes);
  return stdout;
};

/**
 * Reads a regular file, following links inside the container; undefined where there is none (a folder, a pipe and a device are none).
 * No program of the container takes part, so a planted one cannot answer. Throws InfraError `file-too-large` and engine failures.
 */
export const readFileIn = async (
  container: Dockerode.Container,
  path: string,
  limitBytes = defaultLimitBytes,
): Promise<Uint8Array | undefined> => {
  let at = path;
  for (let links = 0; links < mostLinks; links += 1) {
    if (isVolatile(at)) return readVolatile(container, at, limitBytes);
    const found = await fetchPath(container, at, limitBytes);
    if (found === undefined || 'content' in found) return found?.content;
    at = found.linkTarget;
  }
  return undefined;
};
