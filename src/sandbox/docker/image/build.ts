import type Dockerode from 'dockerode';
import type { ImageBuildOptions } from 'dockerode';
import { InfraError } from '../../../domain/errors.ts';
import type { PreparedImage } from '../../sandbox.ts';
import { needsBuildKit } from '../dockerfile/parse.ts';
import { type BuildContext, contextArchive, contextDigest, dockerfileName } from './build-context.ts';
import { findImage, type LocalImage } from './local.ts';
import { type TransferOptions, transferImage } from './transfer.ts';

/**
 * The engine's first builder is asked for wherever it can: it takes a base from the engine's own store, where BuildKit asks the registry
 * first for what is local only. BuildKit's number is given as a number: for the text "2" the client library opens a session,
 * which a build needs only for secrets and for registries' credentials.
 */
const builders = { first: 1, buildKit: 2 };

const build = async (
  docker: Dockerode,
  context: BuildContext,
  tag: string,
  options: TransferOptions,
): Promise<void> => {
  const version = needsBuildKit(context.dockerfile) ? builders.buildKit : builders.first;
  const request = {
    dockerfile: dockerfileName,
    t: tag,
    rm: true,
    forcerm: true,
    labels: { 'tacho.image': 'task' },
    version,
  };
  const start = (abortSignal: AbortSignal) =>
    docker.buildImage(contextArchive(context), { ...request, abortSignal } as unknown as ImageBuildOptions);
  await transferImage(start, { ...options, what: `building ${tag}`, code: 'image-build-failed' });
};

/**
 * The image of a context, built unless the engine holds one of the very same inputs: Dockerfile, files with their modes, base images.
 * Throws InfraError `image-build-failed` with the last lines of the build.
 */
export const ensureBuilt = async (
  docker: Dockerode,
  { context, bases }: { readonly context: BuildContext; readonly bases: readonly LocalImage[] },
  options: TransferOptions,
): Promise<PreparedImage> => {
  const digest = await contextDigest(
    context,
    bases.map(({ imageId }) => imageId),
  );
  const tag = `tacho/task:${digest.slice(0, 24)}`;
  const known = await findImage(docker, tag);
  if (known !== undefined) return known;
  await build(docker, context, tag, options);
  const built = await findImage(docker, tag);
  if (built === undefined)
    throw new InfraError('image', 'image-build-failed', `building ${tag} left no image, though no error was told`);
  return built;
};
