import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostileRun } from '../support/hostile-run.ts';
import { writeReportFiles } from '../support/report-files.ts';
import { syntheticRun } from '../support/synthetic-run.ts';

const chromiumPath = process.env.TACHO_CHROMIUM ?? '/usr/bin/chromium';

let folder: string;
let browser: Browser;

/** A page that reports everything that goes wrong in it, and that has no network. */
const open = async (report: string, options: { readonly width?: number; readonly theme?: 'light' | 'dark' } = {}) => {
  const context = await browser.newContext({
    offline: true,
    colorScheme: options.theme ?? 'light',
    viewport: { width: options.width ?? 1280, height: 900 },
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) complaints.push(`request: ${request.url()}`);
  });
  await page.addInitScript({
    content: `document.addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))`,
  });
  await page.goto(pathToFileURL(join(folder, report, 'index.html')).href);
  await drawn(page);
  return { page, complaints, close: () => context.close() };
};

/** Waits until every chart of the page is the interactive one. */
const drawn = (page: Page) => page.waitForSelector('[data-chart]:not([data-drawn])', { state: 'detached' });

/** What a reader sees of an element. */
// biome-ignore lint/performance/useDomNodeTextContent: hidden text does not count
const seen = (locator: Locator): Promise<string> => locator.innerText();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tacho-report-'));
  await writeReportFiles(join(folder, 'plain'), syntheticRun({ tasks: 9 }));
  await writeReportFiles(join(folder, 'hostile'), hostileRun());
  browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

describe.each([
  { width: 1280, theme: 'light' },
  { width: 420, theme: 'dark' },
] as const)('the report at $width px, $theme', (view) => {
  it('opens offline without a complaint, draws every chart, and does not scroll sideways', async () => {
    const { page, complaints, close } = await open('plain', view);
    const marks = await page.$$eval('[data-chart] svg', (drawings) =>
      drawings.map((svg) => svg.querySelectorAll('.mark-symbol path, .mark-line path, .mark-rect path').length),
    );
    expect(marks.length).toBeGreaterThanOrEqual(3);
    expect(Math.min(...marks)).toBeGreaterThan(0);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(view.width);
    expect(complaints).toEqual([]);
    await close();
  });
});

describe('the report', () => {
  it('answers "which model, when?" in its first sentence, and says what is simulated', async () => {
    const { page, close } = await open('plain');
    const text = (await seen(page.locator('body'))).trim();
    expect(text).toMatch(
      /^Spark \(simulated\) solves \d+% \(\d+–\d+\) in [\d.]+\ss median; Codex \(simulated\) .*choose /,
    );
    await close();
  });

  it('opens a trial, shows its trajectory, verdict, verifier output and diff, and closes with the keyboard', async () => {
    const { page, complaints, close } = await open('plain');
    const trial = page.locator('[data-trial]').first();
    await trial.focus();
    await page.keyboard.press('Enter');
    const dialog = page.locator('dialog[open]');
    await dialog.waitFor();
    const text = await seen(dialog);
    expect(text).toMatch(/resolved|unresolved/);
    expect(text).toContain('I look at the logs first.');
    expect(text).toContain("sed -n '1,40p' /var/log/service.0.log");
    expect(text).toContain('TTFT 52 ms');
    await dialog.getByText('verifier/output.txt').click();
    expect(await seen(dialog)).toContain('7 passed');
    await dialog.getByText('submission.diff').click();
    expect(await seen(dialog)).toContain('print("broken")');
    await page.keyboard.press('Escape');
    expect(await page.locator('dialog[open]').count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('computes its tables and charts again for the chosen suite', async () => {
    const { page, complaints, close } = await open('plain');
    const table = page.locator('#part-table');
    const before = await seen(table);
    await page.selectOption('#filter-suite', 'swe');
    await page.waitForSelector('#filter-result:not(:empty)');
    expect(await seen(page.locator('#filter-result'))).toBe('3 of 9 tasks, 18 trials');
    expect(await seen(table)).not.toBe(before);
    expect(await page.locator('#part-grid tbody tr:not(.suite)').count()).toBe(3);
    await page.selectOption('#filter-suite', '');
    expect(await seen(table)).toBe(before);
    expect(complaints).toEqual([]);
    await close();
  });

  it('has a table for every figure', async () => {
    const { page, close } = await open('plain');
    const withoutTwin = await page.$$eval('section:has([data-chart])', (sections) =>
      sections.filter((section) => section.querySelector('details.twin table tbody tr') === null).map(({ id }) => id),
    );
    expect(withoutTwin).toEqual([]);
    await close();
  });

  it('takes hostile names, reasons and outputs as text', async () => {
    const { page, complaints, close } = await open('hostile');
    for (const place of [0, 1, 2]) {
      await page.locator('[data-trial]').nth(place).click();
      await page.locator('dialog[open]').waitFor();
      await page.keyboard.press('Escape');
    }
    await page.locator('.chart svg').first().hover();
    expect(await page.evaluate(() => 'pwned' in globalThis)).toBe(false);
    expect(
      await page.$$eval('main img, main iframe, main a[href], dialog img, dialog a[href]', (found) => found.length),
    ).toBe(0);
    const text = await seen(page.locator('body'));
    expect(text).toContain('</script><script>');
    for (const steering of ['\u202e', '\u001b', '\u009d']) expect(text).not.toContain(steering);
    expect(complaints).toEqual([]);
    await close();
  });
});
