import { join } from 'node:path';
import { execa, type ResultPromise } from 'execa';

export const projectRoot = join(import.meta.dirname, '..', '..');

type TachoOptions = { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> };

const options = ({ cwd = projectRoot, env = {} }: TachoOptions) =>
  ({ cwd, env: { NO_COLOR: '1', ...env }, reject: false, node: false }) as const;

/** Runs the command line in a process of its own; never rejects. */
export const tacho = (
  args: readonly string[],
  settings: TachoOptions = {},
): ResultPromise<ReturnType<typeof options>> =>
  execa(process.execPath, [join(projectRoot, 'src', 'cli', 'main.ts'), ...args], options(settings));
