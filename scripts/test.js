// `npm test`: set-up with all that tests need, then every test. `npm test -- PATH` and all other options go to vitest.
import { runPassingSignals } from '../bin/node24.js';
import { root } from './set-up/paths.js';
import { SetUpError } from './set-up/step.js';
import { runAfterSetUp } from './set-up.js';

const inCi = !['', '0', 'false'].includes(process.env.CI ?? '');

await runAfterSetUp({ forTests: true }, ({ node, engine, browser, agents }) => {
  if (inCi && engine === 'none') throw new SetUpError('CI is set, and there is no Docker Engine to test with.');
  if (inCi && browser === undefined) throw new SetUpError('CI is set, and there is no browser to test with.');
  if (inCi && agents?.missing) throw new SetUpError('CI is set, and an agent CLI to test with is missing.');
  const env = { ...process.env, ...agents?.environment, ...(browser && { TACHO_CHROMIUM: browser }) };
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)];
  return runPassingSignals(node, vitest, { cwd: root, env });
});
