import { Readable } from 'node:stream';
import type Dockerode from 'dockerode';
import { pack } from 'tar-stream';
import { findImage, type LocalImage } from '../local.ts';
import { type TransferOptions, transferImage } from '../transfer.ts';
import { trustFiles } from './files.ts';
import { type TrustMaterial, trustDigest } from './material.ts';

/**
 * The image that holds the certificates' files, to be copied from by every build: so they are in no build context, and the builder keeps
 * its cache. Made by an import, which needs no base image and no builder. Throws InfraError.
 */
export const ensureTrustImage = async (
  docker: Dockerode,
  material: TrustMaterial,
  options: TransferOptions,
): Promise<LocalImage> => {
  const files = trustFiles(material);
  const [repo, tag] = ['tacho/trust', trustDigest(material).slice(0, 24)];
  const reference = `${repo}:${tag}`;
  const local = await findImage(docker, reference);
  if (local !== undefined) return local;
  const archive = pack();
  for (const [path, text] of files) archive.entry({ name: path.slice(1), mode: 0o644, mtime: new Date(0) }, text);
  archive.finalize();
  const stream = Readable.from(archive, { objectMode: false });
  await transferImage((abortSignal) => docker.importImage(stream, { repo, tag, abortSignal }), {
    ...options,
    progress: undefined,
    what: 'importing the certificates',
    code: 'image-build-failed',
  });
  const imported = await findImage(docker, reference);
  if (imported === undefined) throw new Error(`${reference} is not there after its import`);
  return imported;
};
