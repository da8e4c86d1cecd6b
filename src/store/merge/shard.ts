import { UserError } from '../../domain/errors.ts';
import type { readRun } from '../jsonl.ts';

/** A run that is to be merged. */
export type Shard = { readonly folder: string } & Awaited<ReturnType<typeof readRun>>;

/** Says why runs cannot be merged. */
export const refuse = (message: string, where: string, fix: string): never => {
  throw new UserError(message, { where, fix });
};
