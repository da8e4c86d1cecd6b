import { aptInstall, mayInstallPackages } from './apt.js';
import { run } from './run.js';

/**
 * Finds git, out of which a test makes the SWE suite's rows again, or installs it where we may.
 * @param {import('./step.js').Announce} announce
 */
export async function findGit(announce) {
  let answer = await run('git', ['--version']);
  if (answer.code === 127 && mayInstallPackages()) {
    announce('installing with apt-get');
    await aptInstall(['git']);
    answer = await run('git', ['--version']);
  }
  return answer.code === 0
    ? { note: answer.output, missing: false }
    : { note: 'none: one test needs it.', missing: true };
}
