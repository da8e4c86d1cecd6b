import type Dockerode from 'dockerode';
import { InfraError } from '../../../domain/errors.ts';
import { untilExit } from './finish.ts';
import { startCommand } from './start.ts';

export type Helper = {
  /** One line of shell; a failure of its last command is the failure of the whole. */
  readonly script: string;
  /** `$1` and so on of the script. */
  readonly parameters?: readonly string[] | undefined;
  readonly stdin?: string | Uint8Array | undefined;
  /** Of stdout; 16 MiB unless told. */
  readonly limitBytes?: number | undefined;
};

export type Captured = { readonly exitCode: number; readonly stdout: Buffer; readonly stderr: string };

const helperMs = 60_000;
const errorBytes = 4096;

/** Keeps what comes as long as it stays within `limitBytes`; beyond, only the count grows. */
const keeper = (limitBytes: number) => {
  const kept: Uint8Array[] = [];
  let bytes = 0;
  return {
    push: (chunk: Uint8Array): void => {
      bytes += chunk.length;
      if (bytes <= limitBytes) kept.push(chunk);
    },
    overflowed: () => bytes > limitBytes,
    content: () => Buffer.concat(kept),
  };
};

/**
 * Runs a short script of our own as root in `/` and keeps every byte of its output.
 * Throws InfraError: `helper-failed` when it takes more than a minute, `file-too-large` when it prints more than it may.
 */
export const captureScript = async (container: Dockerode.Container, helper: Helper): Promise<Captured> => {
  const stdout = keeper(helper.limitBytes ?? 16 * 2 ** 20);
  const stderr = keeper(errorBytes);
  const { script, parameters: command = [], stdin } = helper;
  const spec = { script, command, stdin, user: '0', workdir: '/', onStdout: stdout.push, onStderr: stderr.push };
  const running = await startCommand(container, spec);
  try {
    const { exitCode } = await untilExit(running, AbortSignal.timeout(helperMs));
    running.close();
    if (stdout.overflowed())
      throw new InfraError('sandbox', 'file-too-large', 'a script of ours printed more than it may');
    return { exitCode, stdout: stdout.content(), stderr: stderr.content().toString('utf8').trim() };
  } catch (cause) {
    if (cause instanceof InfraError) throw cause;
    throw new InfraError('sandbox', 'helper-failed', `a script of ours did not end within ${helperMs / 1000} s`, {
      cause,
    });
  } finally {
    running.close();
  }
};
