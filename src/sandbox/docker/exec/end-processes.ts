import { setTimeout as sleep } from 'node:timers/promises';
import { InfraError } from '../../../domain/errors.ts';
import { captureScript } from './capture.ts';
import type { CommandHost } from './command-host.ts';
import { type Leader, parseProcessTable, processesOf } from './process-table.ts';
import type { RunningCommand } from './start.ts';

const rounds = 5;
const drainMs = 250;
const killAndList = 'kill -9 "$@"; cat /proc/[0-9]*/stat; :';

/** Ends the command's process group, then whatever of it got away, round by round; false when something still lives. */
const endTree = async ({ container }: CommandHost, leader: Leader): Promise<boolean> => {
  let targets: readonly number[] = [-leader.pid];
  for (let round = 0; round < rounds; round += 1) {
    const { stdout } = await captureScript(container, { script: killAndList, parameters: targets.map(String) });
    targets = processesOf(leader, parseProcessTable(stdout.toString('latin1')));
    if (targets.length === 0) return true;
  }
  return false;
};

/**
 * Ends every process of the container but the first. `kill -1` spares only PID 1 and the shell that calls it, and nothing can fork away from it.
 * Where not even that can start (the container has as many processes as it may), the container starts anew: files stay.
 */
export const endAllProcesses = async (host: CommandHost): Promise<void> => {
  try {
    const { exitCode, stderr } = await captureScript(host.container, { script: 'kill -9 -1' });
    if (exitCode !== 0) throw new InfraError('sandbox', 'kill-failed', `kill -9 -1 ended with ${exitCode}: ${stderr}`);
  } catch {
    await host.restart();
  }
};

/**
 * Ends a command and all that came of it, and takes in what it had written. What earlier commands started lives on, unless there is no
 * other way to end this one.
 */
export const endCommand = async (host: CommandHost, { leader, streamEnd }: RunningCommand): Promise<void> => {
  const ended = await endTree(host, leader).catch(() => false);
  if (!ended)
    await endAllProcesses(host).catch((error: unknown) => {
      // Then there is nothing left to end.
      if (!(error instanceof InfraError && error.code === 'container-gone')) throw error;
    });
  await Promise.race([streamEnd, sleep(drainMs)]).catch(() => undefined);
};
