import type Dockerode from 'dockerode';
import type { PreparedImage } from '../../sandbox.ts';
import { splitReference } from '../dockerfile/reference.ts';
import { withDeadline } from '../engine/deadline.ts';
import { engineFailure, isMissing } from '../engine/failure.ts';
import { type TransferOptions, transferImage } from './transfer.ts';

/** An image that the engine holds; `digests` are the names under which its content can be asked for exactly. */
export type LocalImage = PreparedImage & { readonly digests: readonly string[] };

const inspectMs = 60_000;

/** What the engine knows of an image that it holds; undefined when it holds none of that name. Throws InfraError. */
export const findImage = async (docker: Dockerode, reference: string): Promise<LocalImage | undefined> => {
  try {
    const image = await withDeadline((abortSignal) => docker.getImage(reference).inspect({ abortSignal } as object), {
      what: `looking for image ${reference}`,
      ms: inspectMs,
      phase: 'image',
    });
    return {
      reference,
      imageId: image.Id,
      workdir: image.Config?.WorkingDir || '/',
      digests: image.RepoDigests ?? [],
    };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw engineFailure(error, `could not look for image ${reference}`, 'image');
  }
};

/** Without a tag the engine would fetch every tag there is. */
const withTag = (reference: string): string =>
  splitReference(reference).suffix === '' ? `${reference}:latest` : reference;

const adviceOn = (reference: string): string =>
  `image ${reference} is not on the engine, and fetching it failed. If it comes from a registry that this machine cannot reach, map it with ` +
  `images.mirrors (reference or prefix: replacement), or bring it there with "docker pull ${reference}" or "docker load"`;

/** Finds an image on the engine or pulls it. Throws InfraError `image-not-found` when it cannot be had. */
export const ensureImage = async (
  docker: Dockerode,
  reference: string,
  options: TransferOptions,
): Promise<LocalImage> => {
  const local = await findImage(docker, reference);
  if (local !== undefined) return local;
  options.progress?.(`pulling ${reference}`);
  const pull = (abortSignal: AbortSignal) => docker.createImage({ fromImage: withTag(reference), abortSignal });
  await transferImage(pull, { ...options, what: adviceOn(reference), code: 'image-not-found' });
  const pulled = await findImage(docker, reference);
  if (pulled === undefined)
    throw engineFailure(new Error('it is not there after pulling'), adviceOn(reference), 'image');
  return pulled;
};
