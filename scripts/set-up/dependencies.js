import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findNode24, node24Missing } from '../../bin/node24.js';
import { npm } from './npm.js';
import { logFile, root } from './paths.js';
import { SetUpError } from './step.js';

/**
 * Makes node_modules match package-lock.json. `node` in the result is the path of a Node 24 to run our own programs with.
 * @param {import('./step.js').Announce} announce
 */
export async function installDependencies(announce) {
  const asWanted = matches(readPackages('package-lock.json'), readPackages('node_modules/.package-lock.json'));
  const present = asWanted ? findNode24() : undefined;
  if (present !== undefined) return { note: 'as package-lock.json wants them', node: present };
  announce('installing with npm ci');
  await npmCi();
  const node = findNode24();
  if (node === undefined) throw new SetUpError(node24Missing, { log: logFile('npm-ci') });
  return { note: 'installed', node };
}

/**
 * The part of a lock file's entry that we read.
 * @typedef {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>} LockedPackages
 */

/**
 * @param {string} path
 * @returns {LockedPackages}
 */
function readPackages(path) {
  const file = join(root, path);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {};
}

/**
 * Whether what npm says it installed is what the lock file asks for; optional packages may be missing.
 * @param {LockedPackages} wanted
 * @param {LockedPackages} installed
 */
export function matches(wanted, installed) {
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    if (path === '') return true;
    const found = installed[path];
    return found === undefined ? Boolean(optional || devOptional) : found.version === version;
  });
}

async function npmCi() {
  const log = logFile('npm-ci');
  const { code, output } = await npm(['ci'], { cwd: root, log });
  if (code === 0) return;
  const fix = 'Is the npm registry reachable from here? `npm config get registry` says which one is used.';
  // npm says what is wrong first and explains itself at length afterwards.
  throw new SetUpError('npm ci failed.', { output: output.split('\n').slice(0, 15).join('\n'), log, fix });
}
