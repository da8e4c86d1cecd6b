import type { Readable } from 'node:stream';
import { InfraError } from '../../../domain/errors.ts';
import type { ImageProgress } from '../../sandbox.ts';
import { engineFailure } from '../engine/failure.ts';
import { progressMessages } from './progress.ts';

/** How long a build or pull may take, and who hears of it. */
export type TransferOptions = {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly progress?: ImageProgress | undefined;
};

type Transfer = TransferOptions & {
  /** As a clause, for the message: "building the image of task x". */
  readonly what: string;
  /** Code of the InfraError when the engine tells of a failure. */
  readonly code: string;
};

const linesKept = 20;

const failure = (told: string, { what, code }: Transfer, lines: readonly string[]): InfraError =>
  new InfraError('image', code, [`${what} failed: ${told}`, ...lines.map((line) => `  ${line}`)].join('\n'));

const follow = async (stream: Readable, transfer: Transfer): Promise<void> => {
  const last: string[] = [];
  for await (const { lines, error } of progressMessages(stream)) {
    for (const line of lines) {
      transfer.progress?.(line);
      last.push(line);
      if (last.length > linesKept) last.shift();
    }
    if (error !== undefined) throw failure(error, transfer, last);
  }
};

/**
 * Starts a build, pull or import and follows its progress to the end, under one deadline. Throws InfraError `code` when the engine tells of
 * a failure, `image-time-out` when it takes too long, those of a failing engine, and the reason of `signal`.
 */
export const transferImage = async (
  start: (abortSignal: AbortSignal) => Promise<NodeJS.ReadableStream>,
  transfer: Transfer,
): Promise<void> => {
  const { timeoutMs, signal, what, code } = transfer;
  const deadline = AbortSignal.timeout(Math.min(timeoutMs, 2 ** 31 - 1));
  const either = AbortSignal.any([deadline, signal]);
  const over = Promise.withResolvers<never>();
  const onAbort = (): void => over.reject(either.reason);
  either.addEventListener('abort', onAbort, { once: true });
  let stream: Readable | undefined;
  const run = async (): Promise<void> => {
    stream = (await start(either)) as Readable;
    await follow(stream, transfer);
  };
  try {
    either.throwIfAborted();
    await Promise.race([run(), over.promise]);
  } catch (error) {
    stream?.destroy();
    if (signal.aborted) throw signal.reason;
    if (deadline.aborted)
      throw new InfraError('image', 'image-time-out', `${what} took more than ${timeoutMs / 1000} s`, { cause: error });
    if (error instanceof Error && 'statusCode' in error) throw failure(error.message, transfer, []);
    throw engineFailure(error, `${what} (${code})`, 'image');
  } finally {
    either.removeEventListener('abort', onAbort);
    over.promise.catch(() => undefined);
  }
};
