import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, isAbsolute, join } from 'node:path';
import { aptInstall, mayInstallPackages } from './apt.js';
import { logFile, root } from './paths.js';
import { run } from './run.js';
import { lastLines } from './step.js';

const COMMANDS = [
  'chromium',
  'google-chrome',
  'google-chrome-stable',
  'chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const ADVICE = 'Install Chromium or Chrome, or name one in TACHO_CHROMIUM; the tests that open reports need it.';

/**
 * Finds a Chromium for the tests, or installs one: Debian's package where we may, else the one that Playwright publishes.
 * The result's `path` is what the tests are given in TACHO_CHROMIUM; without one the result is `missing`.
 * @param {import('./step.js').Announce} announce
 * @returns {Promise<{ note: string, path?: string, missing: boolean }>}
 */
export async function findBrowser(announce) {
  let found = await lookForBrowser();
  if (found === undefined) {
    announce('installing Chromium');
    await installBrowser();
    found = await lookForBrowser();
  }
  if (found === undefined) return { note: `none. ${ADVICE}`, missing: true };
  return { note: found.version, path: found.path, missing: false };
}

async function lookForBrowser() {
  const named = process.env.TACHO_CHROMIUM;
  for (const path of named ? [named] : [...onPath(COMMANDS), ...playwrightsBrowser()]) {
    // Ubuntu's chromium-browser is a stub that only asks for a snap: what counts is that it runs.
    const { code, output } = await run(path, ['--version'], { timeoutMs: 10_000 });
    if (code === 0 && /Chrom/.test(output)) return { path, version: lastLines(output, 1).join() };
  }
  return undefined;
}

/**
 * The absolute paths at which these commands exist, in the order of the commands.
 * @param {readonly string[]} commands
 */
function onPath(commands) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return commands
    .flatMap((command) => (isAbsolute(command) ? [command] : folders.map((folder) => join(folder, command))))
    .filter((path) => existsSync(path));
}

/** Loaded only now: when set-up starts there may be no node_modules yet. */
function playwrightsBrowser() {
  const { chromium } = createRequire(join(root, 'package.json'))('playwright-core');
  const path = chromium.executablePath();
  return existsSync(path) ? [path] : [];
}

async function installBrowser() {
  if (mayInstallPackages()) await aptInstall(['chromium']);
  if ((await lookForBrowser()) !== undefined) return;
  const cli = join(root, 'node_modules', 'playwright-core', 'cli.js');
  await run(process.execPath, [cli, 'install', 'chromium'], { log: logFile('playwright'), timeoutMs: 300_000 });
}
