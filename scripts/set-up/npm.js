import { delimiter, join } from 'node:path';
import { root } from './paths.js';
import { run } from './run.js';

/**
 * Runs npm quietly; as {@link run} it never rejects.
 * @param {readonly string[]} args
 * @param {{ log: string, cwd: string, timeoutMs?: number }} options
 */
export function npm(args, options) {
  // npm must not run on a Node that it may be about to replace, so our node_modules leaves the PATH.
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(join(root, 'node_modules')))
    .join(delimiter);
  return run('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    ...options,
    env: { ...process.env, PATH: path },
    shell: process.platform === 'win32',
  });
}
