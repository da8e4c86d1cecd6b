import { InfraError, type Phase } from '../../../domain/errors.ts';

export type Deadline = {
  /** What is being waited for, as a clause: "creating a container". */
  readonly what: string;
  readonly ms: number;
  readonly phase?: Phase | undefined;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Runs one call to the engine under a deadline of ours: a reply that the engine cuts off midway never settles by itself, not even
 * when its signal is aborted. Throws InfraError `engine-timeout`, or the reason of `signal` once that is aborted.
 */
export const withDeadline = async <T>(call: (signal: AbortSignal) => Promise<T>, deadline: Deadline): Promise<T> => {
  const { what, ms, phase = 'sandbox', signal } = deadline;
  signal?.throwIfAborted();
  const controller = new AbortController();
  const gate = Promise.withResolvers<never>();
  const give = (reason: unknown): void => {
    gate.reject(reason);
    controller.abort(reason);
  };
  const timer = setTimeout(() => {
    give(new InfraError(phase, 'engine-timeout', `the engine gave no answer within ${ms / 1000} s (${what})`));
  }, ms);
  const onAbort = (): void => give(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([gate.promise, call(controller.signal)]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    gate.promise.catch(() => undefined);
  }
};
