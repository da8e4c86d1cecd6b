import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process of this machine; the start time tells it from a later one that was given the same pid. */
export type Owner = { readonly host: string; readonly pid: number; readonly startedAt: string };

const startedAtField = 19;

/** Clock ticks since boot where there is /proc, else what ps says; undefined when no such process lives. */
const startOf = (pid: number): string | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[startedAtField];
  } catch {
    if (process.platform === 'linux') return undefined;
  }
  try {
    const options = { encoding: 'utf8', env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' } } as const;
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], options).trim() || undefined;
  } catch {
    return undefined;
  }
};

/** This process. */
export const thisOwner = (): Owner => ({
  host: hostname(),
  pid: process.pid,
  startedAt: startOf(process.pid) ?? 'unknown',
});

/** True when the owner was a process of this machine and is no more; of another machine's nothing can be said. */
export const isDead = (owner: Owner): boolean =>
  owner.host === hostname() && owner.startedAt !== 'unknown' && startOf(owner.pid) !== owner.startedAt;
