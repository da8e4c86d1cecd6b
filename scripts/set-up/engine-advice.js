import { lastLines } from './step.js';

/**
 * What the docker command answered: `version` is the engine's, undefined where none answered; `code` 127 means that there is no
 * docker command; `failed` is the command that could not make an engine, whose `log` ends with `output`.
 * @typedef {{ code: number, output: string, version?: string | undefined, failed?: string, log?: string }} EngineAnswer
 */

/**
 * What to do to get an engine, for this answer and platform.
 * @param {EngineAnswer} answer
 * @param {{ platform?: string, dockerHost?: string | undefined }} [host]
 */
export function engineAdvice(answer, { platform = process.platform, dockerHost = process.env.DOCKER_HOST } = {}) {
  const advice = [...whatHappened(answer), ...remedy(answer, platform, dockerHost)];
  return advice.map((line) => `\n    ${line}`).join('');
}

/**
 * @param {EngineAnswer} answer
 * @returns {string[]}
 */
function whatHappened({ code, output, failed, log }) {
  if (failed) return [`${failed} failed; the end of ${log}:`, ...quote(output)];
  return code === 127 ? ['There is no docker command here.'] : ['The docker command says:', ...quote(output)];
}

/**
 * @param {EngineAnswer} answer
 * @param {string} platform
 * @param {string | undefined} dockerHost
 * @returns {string[]}
 */
function remedy({ code, output, failed }, platform, dockerHost) {
  if (dockerHost) return [`DOCKER_HOST is ${dockerHost}: start the engine there, or unset it to use the local one.`];
  if (platform === 'darwin') return ['Start Docker Desktop, or: brew install colima docker && colima start'];
  if (platform === 'win32') return ['Start Docker Desktop with the WSL 2 backend: https://docs.docker.com/desktop/'];
  if (!failed && /permission denied/i.test(output)) {
    return ['An engine is there, but you may not use it: sudo usermod -aG docker "$USER", then log in again.'];
  }
  if (failed === 'dockerd')
    return ['A container needs --privileged for an engine of its own, or the socket of the engine outside.'];
  if (!failed && code !== 127)
    return ['Start the engine: sudo systemctl start docker (without systemd: sudo dockerd &)'];
  return [
    'Debian, Ubuntu: sudo apt-get install docker.io, then sudo usermod -aG docker "$USER" and log in again.',
    'Other systems: https://docs.docker.com/engine/install/. As root on Debian or Ubuntu, set-up does it by itself.',
  ];
}

/** @param {string} output */
const quote = (output) => lastLines(output, 5).map((line) => `  | ${line}`);
