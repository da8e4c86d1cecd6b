// `npm run check`: every script of package.json called check:NAME, side by side. None needs an engine, a browser or a network.
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './set-up/paths.js';
import { run } from './set-up/run.js';
import { runAfterSetUp } from './set-up.js';

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const parts = Object.keys(scripts).filter((name) => name.startsWith('check:'));

await runAfterSetUp({ withEngine: false }, async () => {
  const startedMs = performance.now();
  const codes = await Promise.all(parts.map(check));
  const failed = codes.filter((code) => code !== 0).length;
  const result = failed === 0 ? 'All is well' : `${failed} of ${codes.length} failed`;
  console.log(`\n${result} (${secondsSince(startedMs)} s)`);
  return failed === 0 ? 0 : 1;
});

/**
 * Runs one part, prints its time in seconds and, where it failed, all that it said; resolves to its exit code.
 * @param {string} name
 */
async function check(name) {
  const startedMs = performance.now();
  const [command, ...args] = scripts[name].split(' ');
  // The folder of our own tools comes first, which makes them run on the project's Node too.
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const { code, output } = await run(command, args, { cwd: root, env: { ...process.env, PATH: path, NO_COLOR: '1' } });
  console.log(`  ${code === 0 ? '✓' : '✗'} ${name} (${secondsSince(startedMs)} s)`);
  if (code !== 0) console.log(`\n${output}\n`);
  return code;
}

/** @param {number} startedMs */
function secondsSince(startedMs) {
  return ((performance.now() - startedMs) / 1000).toFixed(1);
}
