import { logFile } from './paths.js';
import { run } from './run.js';
import { SetUpError } from './step.js';

const COMMAND_LIMIT_MS = 900_000;

/**
 * Runs the docker command; throws SetUpError where it fails.
 * @param {readonly [string, ...string[]]} args
 */
export async function docker(args) {
  const log = logFile(`docker-${args[0]}`);
  const { code, output } = await run('docker', args, { log, timeoutMs: COMMAND_LIMIT_MS });
  if (code !== 0) throw new SetUpError(`docker ${args[0]} failed.`, { output, log });
}

/** @param {string} reference */
export async function imageExists(reference) {
  return (await run('docker', ['image', 'inspect', reference])).code === 0;
}
