import { randomBytes } from 'node:crypto';
import type Dockerode from 'dockerode';
import { InfraError } from '../../../domain/errors.ts';
import type { SandboxSpec } from '../../sandbox.ts';
import type { Engine } from '../engine/connect.ts';
import { withDeadline } from '../engine/deadline.ts';
import { engineFailure, isMissing, reasonOf } from '../engine/failure.ts';
import { createOptions } from './create-options.ts';
import { holdLifeline, type Lifeline } from './lifeline.ts';
import { removeContainer } from './remove.ts';

export type StartedContainer = { readonly container: Dockerode.Container; readonly lifeline: Lifeline };

const createMs = 60_000;
const startMs = 120_000;

const startFailure = (error: unknown, { image }: SandboxSpec): unknown => {
  if (isMissing(error) && /no such image/i.test(reasonOf(error)))
    return new InfraError('sandbox', 'image-gone', `image ${image.reference} is no longer on the engine`, {
      cause: error,
    });
  if (/["\s]\/bin\/sh["\s:]/.test(reasonOf(error)))
    return new InfraError(
      'sandbox',
      'image-without-shell',
      `image ${image.reference} has no /bin/sh, which a sandbox needs: ${reasonOf(error)}`,
      { cause: error },
    );
  return engineFailure(error, `could not start a container of ${image.reference}`);
};

/**
 * Creates and starts a container whose life hangs on this process. Whatever fails or is aborted on the way, no container is left.
 * Throws InfraError `image-without-shell`, `image-gone` and those of a failing engine, or the reason of `signal`.
 */
export const startContainer = async (
  { docker, cpus }: Engine,
  spec: SandboxSpec,
  {
    runId,
    labels,
    signal,
  }: { readonly runId: string; readonly labels: Record<string, string>; readonly signal: AbortSignal },
): Promise<StartedContainer> => {
  signal.throwIfAborted();
  // Named by us, so that a container whose creation was never confirmed can be removed.
  const name = `tacho-${runId.replaceAll(/[^\w.-]/g, '-')}-${randomBytes(6).toString('hex')}`;
  let lifeline: Lifeline | undefined;
  try {
    const options = createOptions(spec, { name, labels, engineCpus: cpus });
    // Not aborted: an engine that is left creates the container all the same, after we have looked for one to remove.
    const container = await withDeadline((abortSignal) => docker.createContainer({ ...options, abortSignal }), {
      what: 'creating a container',
      ms: createMs,
    });
    signal.throwIfAborted();
    lifeline = await holdLifeline(container);
    await withDeadline((abortSignal) => container.start({ abortSignal }), {
      what: 'starting a container',
      ms: startMs,
      signal,
    });
    return { container, lifeline };
  } catch (error) {
    lifeline?.drop();
    await removeContainer(docker.getContainer(name)).catch(() => undefined);
    throw signal.aborted ? signal.reason : startFailure(error, spec);
  }
};
