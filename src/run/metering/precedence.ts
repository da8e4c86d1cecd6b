import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Scheduling } from '../../domain/run.ts';

export type Precedence = AsyncDisposable & { readonly scheduling: Scheduling };

const ordinary: Precedence = { scheduling: 'ordinary', [Symbol.asyncDispose]: async () => {} };

/** chrt is part of util-linux. All threads: a collection of garbage waits for the slowest of them. What we start stays ordinary. */
const schedule = (policy: readonly string[], priority: number) =>
  promisify(execFile)('chrt', ['--all-tasks', ...policy, '--pid', `${priority}`, `${process.pid}`]);

/**
 * Asks Linux to run this process before all ordinary ones until it is disposed of: busy sandboxes on the same machine then
 * do not delay its stamps; a nice value of -10 did not achieve that. Needs root or CAP_SYS_NICE; without, all goes on as it is.
 * `TACHO_REAL_TIME=off` among the variables forgoes it.
 */
export const takePrecedence = async (variables: Readonly<Record<string, string | undefined>>): Promise<Precedence> => {
  if (variables.TACHO_REAL_TIME === 'off') return ordinary;
  try {
    await schedule(['--rr', '--reset-on-fork'], 1);
  } catch {
    return ordinary;
  }
  return {
    scheduling: 'real-time',
    [Symbol.asyncDispose]: async () => void (await schedule(['--other'], 0).catch(() => undefined)),
  };
};
