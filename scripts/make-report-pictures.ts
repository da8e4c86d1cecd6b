/**
 * Makes the pictures in docs/ anew from the recorded run: `node scripts/make-report-pictures.ts`. Needs Chromium (TACHO_CHROMIUM says where).
 * Afterwards look at them.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const root = join(import.meta.dirname, '..');
const docs = join(root, 'docs');
const size = { width: 1280, height: 2320 };

const run = mkdtempSync(join(tmpdir(), 'tacho-pictures-'));
try {
  cpSync(join(root, 'fixtures/runs/demo'), run, { recursive: true });
  execFileSync(process.execPath, [join(root, 'bin/tacho.js'), 'report', run], { stdio: 'ignore' });
  copyFileSync(join(run, 'report/charts/frontier.svg'), join(docs, 'frontier.svg'));
  const browser = await chromium.launch({
    executablePath: process.env.TACHO_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ colorScheme, viewport: size, offline: true });
    await page.goto(pathToFileURL(join(run, 'report/index.html')).href);
    await page.waitForSelector('[data-chart]:not([data-drawn])', { state: 'detached' });
    await page.screenshot({ path: join(docs, `report-${colorScheme}.png`) });
  }
  await browser.close();
} finally {
  rmSync(run, { recursive: true, force: true });
}
