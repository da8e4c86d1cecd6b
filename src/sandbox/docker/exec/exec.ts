import { InfraError } from '../../../domain/errors.ts';
import { millisecondsBetween } from '../../../domain/time.ts';
import type { ExecOptions, ExecResult } from '../../sandbox.ts';
import { captureScript } from './capture.ts';
import type { CommandHost } from './command-host.ts';
import { endCommand } from './end-processes.ts';
import { type Exit, untilExit } from './finish.ts';
import { type RunningCommand, startCommand } from './start.ts';
import { outputCollector } from './stream/bounded-output.ts';

type Ending =
  | ({ readonly ended: 'exit' } & Exit)
  | { readonly ended: 'time-out' | 'aborted'; readonly exitCode?: undefined; readonly told?: undefined };

const defaultLimitBytes = 256 * 1024;
/** Longer waits overflow the timer and would fire at once. */
const longestTimerMs = 2 ** 31 - 1;

/** What happens first: the command ends, its time is over, or the caller gives up. */
const firstEnding = async (running: RunningCommand, options: ExecOptions): Promise<Ending> => {
  const { timeoutMs, signal } = options;
  const watch = new AbortController();
  const interruption = Promise.withResolvers<Ending>();
  const onAbort = (): void => interruption.resolve({ ended: 'aborted' });
  const onTimeOut = (): void => interruption.resolve({ ended: 'time-out' });
  const timer = timeoutMs === undefined ? undefined : setTimeout(onTimeOut, Math.min(timeoutMs, longestTimerMs));
  if (signal?.aborted) onAbort();
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const exit = untilExit(running, watch.signal).then((exit): Ending => ({ ended: 'exit', ...exit }));
    return await Promise.race([exit, interruption.promise]);
  } finally {
    watch.abort();
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
};

/**
 * A command whose shell was killed looks like one whose container was ended from outside; but that is our side, not the command's. A
 * container that starts another command lives; one whose inspection says so may still be on its way out.
 */
const mustStillRun = async ({ container }: CommandHost): Promise<void> => {
  try {
    await captureScript(container, { script: ':' });
  } catch (cause) {
    if (cause instanceof InfraError && cause.code === 'engine-unreachable') throw cause;
    throw new InfraError('sandbox', 'container-gone', 'the container ended while a command ran in it', { cause });
  }
};

/**
 * Runs a command in the container. Whatever the command does is data; throws InfraError when the engine, the container or our request
 * (no such user, no such folder) is what failed. `durationMs` runs from the command's first instruction to its observed end.
 */
export const execCommand = async (
  host: CommandHost,
  command: readonly string[],
  options: ExecOptions = {},
): Promise<ExecResult> => {
  if (command.length === 0) throw new TypeError('a command needs at least its name');
  const limitBytes = options.outputLimitBytes ?? defaultLimitBytes;
  const stdout = outputCollector(limitBytes);
  const stderr = outputCollector(limitBytes);
  const result = ({ ended, exitCode }: Ending, durationMs: number): ExecResult => ({
    ended,
    exitCode,
    stdout: stdout.output(),
    stderr: stderr.output(),
    durationMs,
  });
  const begin = async (): Promise<RunningCommand | undefined> => {
    if (options.signal?.aborted) return undefined;
    const { user, workdir, stdin } = options;
    const variables = { ...host.variables, ...options.variables };
    const sinks = { onStdout: stdout.push, onStderr: stderr.push };
    return startCommand(host.container, { command, user, workdir, stdin, variables, ...sinks });
  };
  const running = await host.startPool(begin);
  if (running === undefined) return result({ ended: 'aborted' }, 0);
  const startedAt = host.clock.now();
  try {
    const ending = await firstEnding(running, options);
    const durationMs = millisecondsBetween(startedAt, host.clock.now());
    if (ending.ended !== 'exit') await endCommand(host, running);
    else if (!ending.told) await mustStillRun(host);
    running.close();
    return result(ending, durationMs);
  } finally {
    running.close();
  }
};
