import type Dockerode from 'dockerode';
import { withDeadline } from '../engine/deadline.ts';
import { engineFailure } from '../engine/failure.ts';
import { ownerOf, runLabel } from './labels.ts';
import { isDead } from './owner.ts';
import { removeContainer } from './remove.ts';

const listMs = 60_000;

const mayGo = (labels: Readonly<Record<string, string>>, run: string | undefined): boolean => {
  if (run !== undefined) return labels[runLabel] === run;
  const owner = ownerOf(labels);
  return owner !== undefined && isDead(owner);
};

/**
 * Removes the containers of `run`, or those whose harness is dead; never those of another harness that lives or may live.
 * Returns how many went. Throws InfraError when the engine cannot be asked.
 */
export const sweepContainers = async (docker: Dockerode, run?: string): Promise<number> => {
  const filters = { label: [run === undefined ? runLabel : `${runLabel}=${run}`] };
  const found = await withDeadline((abortSignal) => docker.listContainers({ all: true, filters, abortSignal }), {
    what: 'listing containers',
    ms: listMs,
  }).catch((error: unknown) => {
    throw engineFailure(error, 'could not list containers');
  });
  const leftovers = found.filter(({ Labels }) => mayGo(Labels, run));
  const removals = await Promise.allSettled(leftovers.map(({ Id }) => removeContainer(docker.getContainer(Id))));
  return removals.filter(({ status }) => status === 'fulfilled').length;
};
