import type Dockerode from 'dockerode';
import type { ImageBuildOptions } from 'dockerode';
import { InfraError } from '../../../domain/errors.ts';
import type { PreparedImage } from '../../sandbox.ts';
import { type BuildContext, contextArchive, contextDigest, dockerfileName } from './build-context.ts';
import { findImage, type LocalImage } from './local.ts';
import { type TransferOptions, transferImage } from './transfer.ts';

/** What an image is made of, and whether BuildKit makes it or the engine's first builder. */
export type Recipe = {
  readonly context: BuildContext;
  readonly bases: readonly LocalImage[];
  readonly buildKit: boolean;
};

/**
 * Numbers, not texts: for the text "2" the client library opens a session, which a build needs only for secrets and for the credentials
 * of registries; bases are pulled before.
 */
const builders = { first: 1, buildKit: 2 };

const build = async (
  docker: Dockerode,
  { context, buildKit }: Recipe,
  { tag, ...options }: TransferOptions & { readonly tag: string },
): Promise<void> => {
  const version = buildKit ? builders.buildKit : builders.first;
  const request = {
    dockerfile: dockerfileName,
    t: tag,
    rm: true,
    forcerm: true,
    labels: { 'tacho.image': 'task' },
    version,
  };
  const start = (abortSignal: AbortSignal) =>
    docker.buildImage(contextArchive(context, { buildKit }), {
      ...request,
      abortSignal,
    } as unknown as ImageBuildOptions);
  await transferImage(start, { ...options, what: `building ${tag}`, code: 'image-build-failed' });
};

/**
 * The image of a context, built unless the engine holds one of the very same inputs: Dockerfile, files with their modes, base images.
 * Throws InfraError `image-build-failed` with the last lines of the build.
 */
export const ensureBuilt = async (
  docker: Dockerode,
  recipe: Recipe,
  options: TransferOptions,
): Promise<PreparedImage> => {
  const baseIds = recipe.bases.map(({ imageId }) => imageId);
  const digest = await contextDigest(recipe.context, baseIds);
  const tag = `tacho/task:${digest.slice(0, 24)}`;
  const known = await findImage(docker, tag);
  if (known !== undefined) return known;
  await build(docker, recipe, { ...options, tag });
  const built = await findImage(docker, tag);
  if (built === undefined)
    throw new InfraError('image', 'image-build-failed', `building ${tag} left no image, though no error was told`);
  return built;
};
