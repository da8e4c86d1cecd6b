import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

const KEPT_OUTPUT_CHARACTERS = 64 * 1024;

/**
 * Runs a command quietly and never rejects: `output` is the end of what it printed on both streams, `code` is 127 where there
 * is no such command and 124 where a time limit ended it. `firstOutputMs` ends a command that has printed nothing by then.
 * With `log`, everything it printed is kept in that file.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ timeoutMs?: number, firstOutputMs?: number, log?: string, cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, options = {}) {
  const { timeoutMs, firstOutputMs, log, ...spawnOptions } = options;
  const kept = keeper(log);
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...spawnOptions, stdio: ['ignore', 'pipe', 'pipe'] });
    let timedOut = false;
    /** @param {number | undefined} ms */
    const endAfter = (ms) =>
      ms === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            child.kill('SIGKILL');
          }, ms);
    const limit = endAfter(timeoutMs);
    const silence = endAfter(firstOutputMs);
    /** @param {string} chunk */
    const take = (chunk) => {
      clearTimeout(silence);
      kept.add(chunk);
    };
    /** @param {number} code */
    const finish = (code) => {
      clearTimeout(limit);
      clearTimeout(silence);
      resolve({ code: timedOut ? 124 : code, output: kept.end().trim() });
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.once('error', (error) => {
      kept.add(`${command}: ${error.message}\n`);
      finish(127);
    });
    child.once('close', (code) => finish(code ?? 1));
  });
}

/**
 * Keeps the end of a text in memory and, given a file, the whole of it there.
 * @param {string | undefined} file
 */
function keeper(file) {
  if (file) mkdirSync(dirname(file), { recursive: true });
  const stream = file ? createWriteStream(file) : undefined;
  let tail = '';
  return {
    /** @param {string} text */
    add(text) {
      stream?.write(text);
      tail = (tail + text).slice(-KEPT_OUTPUT_CHARACTERS);
    },
    end() {
      stream?.end();
      return tail;
    },
  };
}
