import { exitCode } from '../exit-codes.ts';
import type { Output } from '../output.ts';

/** Ctrl-C once (or SIGTERM) ends a run cleanly, twice at once. `code` is what to exit with if it came to that. */
export type Interrupt = Disposable & { readonly signal: AbortSignal; readonly code: () => number | undefined };

const stoppingRun =
  'Stopping: running trials are dropped and their containers removed; `tacho resume` goes on from here. Once more stops at once.';

/** Installed before anything is made that would have to be removed; `stopping` says what will happen now. */
export const watchInterrupt = (output: Output, stopping = stoppingRun): Interrupt => {
  const controller = new AbortController();
  let code: number | undefined;
  const stop = (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP'): void => {
    if (code !== undefined) process.exit(exitCode.killed);
    code = signal === 'SIGTERM' ? exitCode.terminated : exitCode.interrupted;
    output.err(`\n${stopping}\n`);
    controller.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, stop);
  return {
    signal: controller.signal,
    code: () => code,
    [Symbol.dispose]: () => {
      for (const signal of signals) process.off(signal, stop);
    },
  };
};
