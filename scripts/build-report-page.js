// Plain JavaScript, so that it runs wherever npm runs it (`prepare`): bundles the report page's script and style into one module of text.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const client = join(root, 'src/report/html/client');

/** Where the module is written; not in git. */
export const target = join(root, 'src/report/html/generated/page-assets.ts');

const notice =
  '/* Contains vega, vega-lite, vega-embed, vega-interpreter (BSD-3-Clause, University of Washington Interactive Data Lab and Vega-Lite authors) and d3 (ISC, Mike Bostock). */';

async function bundleScript() {
  const bundle = await rolldown({ input: join(client, 'main.ts'), platform: 'browser', logLevel: 'warn' });
  const { output } = await bundle.generate({ format: 'iife', minify: true });
  await bundle.close();
  // A closing tag inside a string of some library would end the script element that the bundle is written into.
  return output[0].code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
}

/** The text of the module, from the sources as they are now. */
export async function pageAssets() {
  const script = `${notice}\n${await bundleScript()}`;
  const style = await readFile(join(client, 'page.css'), 'utf8');
  return [
    '// Written by scripts/build-report-page.js; not in git.',
    '',
    "/** The page's script, bundled from ../client. */",
    `export const pageScript: string = ${JSON.stringify(script)};`,
    '',
    "/** The page's style sheet. */",
    `export const pageStyle: string = ${JSON.stringify(style)};`,
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await mkdir(dirname(target), { recursive: true });
  // Renamed into place, so that a test which loads the module meanwhile gets all of it.
  await writeFile(`${target}.${process.pid}`, await pageAssets());
  await rename(`${target}.${process.pid}`, target);
}
