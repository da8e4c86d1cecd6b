import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './npm.js';
import { logFile, root, stateFolder } from './paths.js';
import { run } from './run.js';

const WANTED = join(root, 'scripts', 'set-up', 'agent-clis.json');
const FOLDER = join(stateFolder, 'agents');
const INSTALL_LIMIT_MS = 600_000;
const VERSION_LIMIT_MS = 30_000;

/** The command of each CLI, and the variable that gives tests its path; who sets one brings a binary of their own. */
const CLIS = /** @type {const} */ ([
  { package: '@openai/codex', command: 'codex', variable: 'TACHO_CODEX' },
  { package: '@anthropic-ai/claude-code', command: 'claude', variable: 'TACHO_CLAUDE' },
  { package: 'opencode-ai', command: 'opencode', variable: 'TACHO_OPENCODE' },
]);

/**
 * The agent CLIs that tests let talk to the simulator, at the versions of agent-clis.json, in a folder that git ignores.
 * `environment` in the result names those that run; it is `missing` where one of them does not.
 * @param {import('./step.js').Announce} announce
 * @returns {Promise<{ note: string, environment: Record<string, string>, missing: boolean }>}
 */
export async function findAgentClis(announce) {
  const wanted = CLIS.filter(({ variable }) => !process.env[variable]);
  if (wanted.length === 0) return { note: 'all are named in the environment', environment: {}, missing: false };
  let found = await runningOf(wanted);
  let failure = '';
  if (found.length < wanted.length) {
    announce('installing with npm: about 450 MB to load once, 1.1 GB in .tacho/agents');
    failure = await install();
    found = await runningOf(wanted);
  }
  const missing = wanted.filter((cli) => !found.some(({ variable }) => variable === cli.variable));
  const environment = Object.fromEntries(found.map(({ variable, path }) => [variable, path]));
  const have = found.map(({ command, version }) => `${command} ${version}`);
  const lack = missing.map(({ command }) => `no ${command}`);
  return { note: `${[...have, ...lack].join(', ')}${failure}`, environment, missing: missing.length > 0 };
}

/**
 * Those that are installed at the wanted version and run.
 * @param {readonly (typeof CLIS)[number][]} clis
 */
async function runningOf(clis) {
  const { dependencies } = JSON.parse(readFileSync(WANTED, 'utf8'));
  const asked = clis.map(async (cli) => {
    const path = join(FOLDER, 'node_modules', '.bin', cli.command);
    const version = dependencies[cli.package];
    // A binary whose install script did not run is a stub: what counts is that it says its version.
    const { code, output } = existsSync(path)
      ? await run(path, ['--version'], { timeoutMs: VERSION_LIMIT_MS })
      : { code: 127, output: '' };
    return code === 0 && output.includes(version) ? [{ ...cli, path, version }] : [];
  });
  return (await Promise.all(asked)).flat();
}

/** Empty where it went well, else what npm said. */
async function install() {
  mkdirSync(FOLDER, { recursive: true });
  copyFileSync(WANTED, join(FOLDER, 'package.json'));
  // The versions are exact, and each package pins its binaries exactly: no lock file would say more.
  const log = logFile('agents');
  const { code, output } = await npm(['install', '--no-package-lock'], {
    cwd: FOLDER,
    log,
    timeoutMs: INSTALL_LIMIT_MS,
  });
  // npm says what is wrong first and explains itself at length afterwards.
  const said = output.split('\n').slice(0, 4).join('\n    | ');
  return code === 0 ? '' : `\n    npm install failed (${log}):\n    | ${said}`;
}
