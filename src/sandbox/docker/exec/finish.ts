import { setTimeout as sleep } from 'node:timers/promises';
import { withDeadline } from '../engine/deadline.ts';
import { engineFailure } from '../engine/failure.ts';
import type { RunningCommand } from './start.ts';

const inspectMs = 30_000;
const pollMs = 1000;
const drainMs = 1000;

/** The exit code by the engine's word; undefined while the command runs. */
const engineExitCode = async ({ exec }: RunningCommand): Promise<number | undefined> => {
  const state = await withDeadline((abortSignal) => exec.inspect({ abortSignal }), {
    what: 'asking whether a command runs',
    ms: inspectMs,
  }).catch((error: unknown) => {
    throw engineFailure(error, 'lost sight of a command');
  });
  return !state.Running && typeof state.ExitCode === 'number' ? state.ExitCode : undefined;
};

/** How a command ended: `told` by its own shell, or only by the engine, because the shell was killed or its container ended. */
export type Exit = { readonly exitCode: number; readonly told: boolean };

/**
 * For a command whose shell can say nothing more. The end of the stream alone means nothing: it looks the same when the engine died.
 * After the engine's word, what is still on its way may arrive.
 */
const untilEngineSaysSo = async (running: RunningCommand, signal: AbortSignal): Promise<Exit> => {
  let streamOver = false;
  const streamEnd = running.streamEnd.finally(() => {
    streamOver = true;
  });
  for (;;) {
    const pause = sleep(pollMs, undefined, { signal });
    await (streamOver ? pause : Promise.race([pause, streamEnd]));
    const exitCode = await engineExitCode(running);
    if (exitCode === undefined) continue;
    if (!streamOver) await Promise.race([streamEnd, sleep(drainMs, undefined, { signal })]);
    return { exitCode, told: false };
  }
};

/** Waits until the command is over; what it left in the background may go on and hold its streams. Throws InfraError, or on `signal`. */
export const untilExit = (running: RunningCommand, signal: AbortSignal): Promise<Exit> =>
  Promise.race([
    running.ended.then((exitCode): Exit => ({ exitCode, told: true })),
    untilEngineSaysSo(running, signal),
  ]);
