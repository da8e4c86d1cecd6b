import type { ChalkInstance } from 'chalk';
import { InfraError, UserError } from '../domain/errors.ts';
import { sanitise } from '../report/sanitise.ts';
import { exitCode } from './exit-codes.ts';

/** Where a command writes. Results go to `out`, everything for people to `err`. */
export type Output = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly colour: ChalkInstance;
  /** Whether `err` is a terminal that can be redrawn. */
  readonly live: boolean;
  readonly columns: () => number;
};

/** Says what happened, where and how to fix it; returns the exit code. */
export const reportError = (error: unknown, { err, colour }: Output): number => {
  if (error instanceof UserError) {
    err(`${colour.red('error:')} ${sanitise(error.message)}\n`);
    if (error.where !== undefined) err(`  ${colour.dim('at')}  ${sanitise(error.where)}\n`);
    if (error.fix !== undefined) err(`  ${colour.dim('fix')} ${sanitise(error.fix)}\n`);
    return error.exitCode;
  }
  if (error instanceof InfraError) {
    err(`${colour.red('error:')} ${sanitise(error.message)}\n  ${colour.dim('in')}  ${error.phase} (${error.code})\n`);
    return error.code === 'engine-unreachable' ? exitCode.environmentNotReady : exitCode.internalError;
  }
  err(
    `${colour.red('unexpected error, please report it:')} ${sanitise(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`,
  );
  return exitCode.internalError;
};
