import { setTimeout as sleep } from 'node:timers/promises';
import type Dockerode from 'dockerode';
import { withDeadline } from '../engine/deadline.ts';
import { isMissing, statusOf } from '../engine/failure.ts';

const removeMs = 60_000;
const goneMs = 10_000;

/** True once the engine knows the container no more. */
const isGone = (container: Dockerode.Container): Promise<boolean> =>
  withDeadline((abortSignal) => container.inspect({ abortSignal }), {
    what: 'looking for a container',
    ms: removeMs,
  }).then(() => false, isMissing);

/**
 * Ends and removes a container with its volumes and waits until it is gone; one that is gone already is fine, and one that the engine
 * is removing by itself is waited for. Throws what the engine threw.
 */
export const removeContainer = async (container: Dockerode.Container): Promise<void> => {
  try {
    await withDeadline((abortSignal) => container.remove({ force: true, v: true, abortSignal }), {
      what: 'removing a container',
      ms: removeMs,
    });
  } catch (error) {
    if (isMissing(error)) return;
    if (statusOf(error) !== 409) throw error;
    for (let waitedMs = 0; waitedMs < goneMs; waitedMs += 50) {
      if (await isGone(container)) return;
      await sleep(50);
    }
    throw error;
  }
};
