import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.js';
import { run } from './run.js';
import { SetUpError } from './step.js';

const SOURCES = join(root, 'src');
const BUNDLE = join(SOURCES, 'report', 'html', 'generated', 'page-assets.ts');

/**
 * Bundles the report's page again where a source has changed since; `npm ci` did it for the sources of its day.
 * @param {string} node the path of a Node 24
 */
export async function bundleReportPage(node) {
  if (existsSync(BUNDLE) && changedMs(BUNDLE) >= newestChangeMs()) return { note: 'is there' };
  const { code, output } = await run(node, [join(root, 'scripts', 'build-report-page.js')], { cwd: root });
  if (code !== 0) throw new SetUpError("The report's page could not be bundled.", { output });
  return { note: 'bundled' };
}

/** @param {string} path */
function changedMs(path) {
  return statSync(path).mtimeMs;
}

function newestChangeMs() {
  const names = readdirSync(SOURCES, { recursive: true }).map(String);
  return Math.max(...names.filter((name) => /\.(ts|css)$/.test(name)).map((name) => changedMs(join(SOURCES, name))));
}
