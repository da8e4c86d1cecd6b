import type { Suite } from '../domain/task.ts';

/** Reads one task format from a folder or file. Throws UserError with file:line:column where the source is at fault. */
export interface SuiteFormat {
  readonly name: string;
  /** Whether this source looks like this format. */
  recognises(path: string): Promise<boolean>;
  load(path: string): Promise<Suite>;
}
