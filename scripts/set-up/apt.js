import { existsSync, readFileSync } from 'node:fs';
import { logFile } from './paths.js';
import { run } from './run.js';

/** Whether we may install system packages by ourselves: root on Debian, Ubuntu or a relative of theirs. */
export function mayInstallPackages() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return false;
  return isDebianLike(readFileSync('/etc/os-release', 'utf8'));
}

/**
 * Reads the text of /etc/os-release.
 * @param {string} osRelease
 */
export function isDebianLike(osRelease) {
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(osRelease);
}

/**
 * Installs those of the packages that the distribution has; fails (code not 0) where it has none of them.
 * @param {readonly [string, ...string[]]} packages
 */
export async function aptInstall(packages) {
  const log = logFile(`apt-${packages[0]}`);
  // apt's own words are read below, so they must be English.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
  const update = await run('apt-get', ['update'], { env, log: logFile('apt-update') });
  const known = [];
  for (const name of packages) {
    const policy = await run('apt-cache', ['policy', name], { env });
    if (/Candidate: (?!\(none\))/.test(policy.output)) known.push(name);
  }
  if (known.length === 0) return { code: 1, output: update.output, log };
  return { ...(await run('apt-get', ['install', '-y', '--no-install-recommends', ...known], { env, log })), log };
}
