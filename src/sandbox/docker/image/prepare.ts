import { readFile } from 'node:fs/promises';
import { InfraError } from '../../../domain/errors.ts';
import type { ImageSource } from '../../../domain/task.ts';
import type { PreparedImage } from '../../sandbox.ts';
import { copiesByPattern, hideFromCopies } from '../dockerfile/hide.ts';
import { type Mirrors, mirrorReference } from '../dockerfile/mirrors.ts';
import { needsBuildKit } from '../dockerfile/parse.ts';
import { canonicalReference, splitReference } from '../dockerfile/reference.ts';
import { rewriteDockerfile } from '../dockerfile/rewrite.ts';
import type { Engine } from '../engine/connect.ts';
import { ensureBuilt } from './build.ts';
import { dockerfileName, readContext } from './build-context.ts';
import { ensureImage, type LocalImage } from './local.ts';
import type { TransferOptions } from './transfer.ts';
import { trustInstructions } from './trust/files.ts';
import { ensureTrustImage } from './trust/image.ts';
import type { TrustMaterial } from './trust/material.ts';

type Source = { readonly dockerfile: string; readonly contextFolder: string | undefined };

type Builder = Pick<Engine, 'docker' | 'prefersBuildKit'>;

export type ImageOptions = {
  readonly mirrors: Mirrors;
  /** What images shall trust beyond what they do. */
  readonly trust: TrustMaterial | undefined;
};

const sourceOf = async (source: ImageSource): Promise<Source> => {
  if (source.kind === 'reference') return { dockerfile: `FROM ${source.reference}\n`, contextFolder: undefined };
  const { contextFolder } = source;
  try {
    return { dockerfile: await readFile(source.dockerfile, 'utf8'), contextFolder };
  } catch (cause) {
    throw new InfraError('image', 'dockerfile-unreadable', `cannot read ${source.dockerfile}: ${cause}`, { cause });
  }
};

const repositoryOf = (reference: string): string => splitReference(canonicalReference(reference)).repository;

/** BuildKit may ask a registry for an image that is here: then by content, so that it cannot take another of the same name. */
const pinnedTo = (images: readonly LocalImage[]) => {
  const digests = new Map(
    images.flatMap(({ reference, digests: known }): [string, string][] => {
      const own = known.find((name) => repositoryOf(name) === repositoryOf(reference));
      return own === undefined || reference.includes('@') ? [] : [[reference, `${reference}@${own.split('@')[1]}`]];
    }),
  );
  return (reference: string): string => digests.get(reference) ?? reference;
};

const build = async (
  { docker, prefersBuildKit }: Builder,
  { dockerfile, contextFolder }: Source,
  { mirrors, trust, ...options }: ImageOptions & TransferOptions,
): Promise<PreparedImage> => {
  const { text, references } = rewriteDockerfile(dockerfile, { mirrors });
  const bases: LocalImage[] = [];
  for (const reference of references) bases.push(await ensureImage(docker, reference, options));
  const trustImage = trust === undefined ? undefined : await ensureTrustImage(docker, trust, options);
  const hides = prefersBuildKit && !copiesByPattern(text, dockerfileName);
  const buildKit = hides || needsBuildKit(text);
  const pin = buildKit ? pinnedTo([...bases, ...(trustImage === undefined ? [] : [trustImage])]) : undefined;
  const afterExternalFrom =
    trustImage === undefined ? [] : trustInstructions(pin?.(trustImage.reference) ?? trustImage.reference);
  const rewritten = rewriteDockerfile(text, { mirrors: {}, afterExternalFrom, pin }).text;
  // An older BuildKit has no way to hide our Dockerfile; it is asked only for what the first builder cannot do.
  const final = hides ? hideFromCopies(rewritten, dockerfileName) : rewritten;
  return ensureBuilt(docker, { context: await readContext(final, contextFolder), bases, buildKit }, options);
};

/**
 * The image of a task: mirrored, pulled or built as need be, trusting the host's certificates. An image by reference is itself, unless
 * it shall trust more: then an image is made from it once, which costs no trial anything. Throws InfraError.
 */
export const prepareImage = async (
  engine: Builder,
  source: ImageSource,
  options: ImageOptions & TransferOptions,
): Promise<PreparedImage> => {
  if (source.kind === 'reference' && options.trust === undefined)
    return ensureImage(engine.docker, mirrorReference(source.reference, options.mirrors), options);
  return build(engine, await sourceOf(source), options);
};
