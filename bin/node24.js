// Plain JavaScript for Node >= 20: it finds the Node that the rest needs.
import { spawn, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';

const NEEDED_MAJOR = 24;

/**
 * The major version in a text such as `v24.1.0`; NaN where there is none.
 * @param {string} version
 */
function majorOf(version) {
  return Number.parseInt(version.replace(/^v/, ''), 10);
}

/** The executable of the npm package `node`, where its install script was allowed to fetch one; else undefined. */
function packagedNode() {
  const executable = process.platform === 'win32' ? 'node.exe' : 'node';
  try {
    return join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin', executable);
  } catch {
    return undefined;
  }
}

/** The path of a Node of at least version 24: this very one, or the one that the npm package `node` brought; else undefined. */
export function findNode24() {
  if (majorOf(process.version) >= NEEDED_MAJOR) return process.execPath;
  const candidate = packagedNode();
  if (candidate === undefined) return undefined;
  const answer = spawnSync(candidate, ['--version'], { encoding: 'utf8' });
  return answer.status === 0 && majorOf(answer.stdout) >= NEEDED_MAJOR ? candidate : undefined;
}

/** What to tell somebody whose Node is too old and who has no other. */
export const node24Missing = [
  `Tacho needs Node ${NEEDED_MAJOR} or newer; this is Node ${process.versions.node}, and the npm package "node", which brings one, is not installed.`,
  'Install Node 24 (https://nodejs.org), or install again with install scripts and optional dependencies allowed:',
  '  npm install --include=optional --ignore-scripts=false',
].join('\n');

/**
 * Runs a program of ours and resolves to its exit code (128 + signal number where a signal ended it). Signals are passed on,
 * except Ctrl-C on a terminal, which reaches the child by itself: a second delivery would mean "stop at once".
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function runPassingSignals(command, args, options = {}) {
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => {
    const alreadyDelivered = signal === 'SIGINT' && process.stdin.isTTY;
    if (!alreadyDelivered) child.kill(signal);
  };
  /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']).forEach((signal) => {
    process.on(signal, forward);
    child.once('exit', () => process.off(signal, forward));
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}
