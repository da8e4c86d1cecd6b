import type { OwnerLabels } from '../../sandbox.ts';
import type { Owner } from './owner.ts';

const prefix = 'tacho.';
export const runLabel = `${prefix}run`;
const trialLabel = `${prefix}trial`;
const hostLabel = `${prefix}host`;
const pidLabel = `${prefix}pid`;
const startedAtLabel = `${prefix}started-at`;

/** What everything that we make carries, so that a later run can tell what a dead one left. */
export const labelsOf = ({ run, trial }: OwnerLabels, owner: Owner): Record<string, string> => ({
  [runLabel]: run,
  [trialLabel]: trial,
  [hostLabel]: owner.host,
  [pidLabel]: String(owner.pid),
  [startedAtLabel]: owner.startedAt,
});

/** Reads the owner back; undefined when the labels are not all there. */
export const ownerOf = (labels: Readonly<Record<string, string>>): Owner | undefined => {
  const { [hostLabel]: host, [pidLabel]: pid, [startedAtLabel]: startedAt } = labels;
  return host === undefined || startedAt === undefined || !/^\d+$/.test(pid ?? '')
    ? undefined
    : { host, pid: Number(pid), startedAt };
};
