// Plain JavaScript, so that it runs wherever npm runs it (`prepare`): bundles the report page's script and style into one module of text.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const client = join(root, 'src/report/html/client');
const target = join(root, 'src/report/html/generated/page-assets.ts');

async function bundleScript() {
  const bundle = await rolldown({ input: join(client, 'main.ts'), platform: 'browser', logLevel: 'warn' });
  const { output } = await bundle.generate({ format: 'iife', minify: true });
  await bundle.close();
  // A closing tag inside a string of some library would end the script element that the bundle is written into.
  return output[0].code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
}

const notice = `/* Contains vega, vega-lite, vega-embed and vega-interpreter (BSD-3-Clause, University of Washington Interactive Data Lab), and d3 (ISC, Mike Bostock). */`;
const script = `${notice}\n${await bundleScript()}`;
const style = await readFile(join(client, 'page.css'), 'utf8');
await mkdir(dirname(target), { recursive: true });
await writeFile(
  target,
  [
    '// Written by scripts/build-report-page.js; not in git.',
    '',
    "/** The page's script, bundled from ../client. */",
    `export const pageScript: string = ${JSON.stringify(script)};`,
    '',
    "/** The page's style sheet. */",
    `export const pageStyle: string = ${JSON.stringify(style)};`,
    '',
  ].join('\n'),
);
