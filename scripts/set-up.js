// Plain JavaScript without dependencies, for Node >= 20: the one set-up behind `npm start`, `npm test` and `npm run check`.
// Run by itself: `node scripts/set-up.js [--no-engine] [--for-tests]`; exit code 0 ready, 1 failed, 3 no Docker Engine.
import { pathToFileURL } from 'node:url';
import { findAgentClis } from './set-up/agent-clis.js';
import { prepareBaseImage } from './set-up/base-image.js';
import { findBrowser } from './set-up/browser.js';
import { installDependencies } from './set-up/dependencies.js';
import { findEngine } from './set-up/engine.js';
import { findGit } from './set-up/git.js';
import { bundleReportPage } from './set-up/report-page.js';
import { describeFailure, SetUpError, step } from './set-up/step.js';

/**
 * Does what is missing and nothing else. `engine: 'none'` in the result means that there is no Docker Engine and none could be
 * started; `node` and `browser` are paths, `agents` are the CLIs that tests drive. Throws SetUpError where something cannot be mended.
 */
export async function setUp({ withEngine = true, forTests = false } = {}) {
  console.log('Set-up');
  const { node } = await step('npm packages', installDependencies);
  await step('Report page', () => bundleReportPage(node));
  const engine = withEngine && !(await step('Docker Engine', findEngine)).missing ? 'ready' : 'none';
  if (engine === 'ready') await step('Base image', prepareBaseImage);
  if (forTests) await step('git', findGit);
  const browser = forTests ? (await step('Chromium', findBrowser)).path : undefined;
  const agents = forTests ? await step('Agent CLIs', findAgentClis) : undefined;
  console.log('');
  return { node, engine, browser, agents };
}

/**
 * Runs a program that needs set-up: prints a set-up failure for a person and makes the exit code 1.
 * @param {{ withEngine?: boolean, forTests?: boolean }} options
 * @param {(ready: Awaited<ReturnType<typeof setUp>>) => number | Promise<number>} program
 */
export async function runAfterSetUp(options, program) {
  try {
    process.exitCode = await program(await setUp(options));
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    console.error(describeFailure(error));
    process.exitCode = 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const flags = process.argv.slice(2);
  const withEngine = !flags.includes('--no-engine');
  await runAfterSetUp({ withEngine, forTests: flags.includes('--for-tests') }, ({ engine }) =>
    withEngine && engine === 'none' ? 3 : 0,
  );
}
