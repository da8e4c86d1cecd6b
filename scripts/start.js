// `npm start`: set-up, then the demo. Without a Docker Engine, or with --recorded, the report of a recorded run.
import { runPassingSignals } from '../bin/node24.js';
import { root } from './set-up/paths.js';
import { runAfterSetUp } from './set-up.js';

const given = process.argv.slice(2);
const recordedWanted = given.includes('--recorded');

await runAfterSetUp({ withEngine: !recordedWanted }, ({ node, engine }) => {
  const recorded = engine === 'none' && !recordedWanted ? ['--recorded'] : [];
  if (recorded.length > 0) console.log('Without an engine no task can run: this shows a run recorded earlier.\n');
  return runPassingSignals(node, ['src/cli/main.ts', 'demo', ...recorded, ...given], { cwd: root });
});
