import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { aptInstall, mayInstallPackages } from './apt.js';
import { engineAdvice } from './engine-advice.js';
import { logFile, stateFolder } from './paths.js';
import { run } from './run.js';
import { lastLines } from './step.js';

/** @import { EngineAnswer } from './engine-advice.js' */

const ANSWER_LIMIT_MS = 10_000;
const START_LIMIT_MS = 60_000;

/**
 * Finds the Docker Engine as the docker command finds it (DOCKER_HOST, current context, default socket); where there is none
 * and we may, installs and starts one. Without an engine the result is `missing`, with advice: the caller decides what that means.
 * @param {import('./step.js').Announce} announce
 */
export async function findEngine(announce) {
  const found = await askEngine();
  const answer = found.version || !(await mayMakeOne()) ? found : await makeEngine(found, announce);
  if (answer.version) return { note: `version ${answer.version}`, missing: false };
  return { note: `none.${engineAdvice(answer)}`, missing: true };
}

/** Only where the docker command would then find it: somebody who names another engine wants that one. */
async function mayMakeOne() {
  if (process.env.DOCKER_HOST || !mayInstallPackages()) return false;
  const context = await run('docker', ['context', 'show']);
  return context.code !== 0 || context.output === 'default';
}

/**
 * @param {EngineAnswer} found
 * @param {import('./step.js').Announce} announce
 * @returns {Promise<EngineAnswer>}
 */
async function makeEngine(found, announce) {
  if (found.code === 127) {
    announce('installing docker.io with apt-get');
    // Since Debian 13 the docker command is a package of its own.
    const installed = await aptInstall(['docker.io', 'docker-cli', 'iptables']);
    if (installed.code !== 0) return { ...installed, failed: 'apt-get' };
  }
  announce('starting');
  return startEngine();
}

/** @returns {Promise<EngineAnswer>} */
async function askEngine() {
  const { code, output } = await run('docker', ['version', '--format', '{{.Server.Version}}'], {
    timeoutMs: ANSWER_LIMIT_MS,
  });
  return { code, output, version: code === 0 ? lastLines(output, 1).join() : undefined };
}

async function startEngine() {
  if (existsSync('/run/systemd/system')) await run('systemctl', ['start', 'docker'], { timeoutMs: START_LIMIT_MS });
  const answer = await askEngine();
  return answer.version ? answer : startDaemon();
}

/**
 * Starts dockerd detached from us, with a log file and a pid file, and waits until it answers or dies.
 * @returns {Promise<EngineAnswer>}
 */
async function startDaemon() {
  mkdirSync(stateFolder, { recursive: true });
  const log = logFile('dockerd');
  const output = openSync(log, 'w');
  const daemon = spawn('dockerd', [], { detached: true, stdio: ['ignore', output, output] });
  let died = false;
  for (const event of ['error', 'exit']) daemon.once(event, () => (died = true));
  daemon.unref();
  writeFileSync(join(stateFolder, 'dockerd.pid'), `${daemon.pid ?? ''}\n`);
  const deadline = performance.now() + START_LIMIT_MS;
  let answer = await askEngine();
  while (!answer.version && !died && performance.now() < deadline) {
    await sleep(250);
    answer = await askEngine();
  }
  return answer.version ? answer : { code: 1, output: readFileSync(log, 'utf8'), log, failed: 'dockerd' };
}
