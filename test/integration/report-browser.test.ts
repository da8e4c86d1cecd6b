import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostileRun } from '../support/hostile-run.ts';
import { readCsv } from '../support/parse-csv.ts';
import { writeReportFiles } from '../support/report-files.ts';
import { recordedRun, writeReportOf } from '../support/run-folder.ts';
import { sparkAndCodex, syntheticRun } from '../support/synthetic-run.ts';

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

/** The recorded run's contenders, the faster one first. */
const contendersTable = async () =>
  readCsv(await readFile(join(folder, 'recorded', 'tables', 'contenders.csv'), 'utf8')).toSorted(
    (left, right) => Number(left.agent_time_median_s) - Number(right.agent_time_median_s),
  );

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tacho-report-'));
  await writeReportOf(recordedRun, join(folder, 'recorded'));
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
    const { page, complaints, close } = await open('recorded', view);
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

describe('the report of the recorded run', () => {
  it('answers "which model, when?" in its first sentence, with the numbers of the tables', async () => {
    const { page, close } = await open('recorded');
    const [first, second] = await contendersTable();
    const percent = (row: typeof first) => Math.round(Number(row?.pass_rate) * 100);
    expect((await seen(page.locator('body'))).trim()).toMatch(
      new RegExp(
        `^${first?.contender} \\(simulated\\) solves ${percent(first)}% \\(.*; ${second?.contender} \\(simulated\\) ${percent(second)}% .*: choose `,
      ),
    );
    await close();
  });

  it('shows both contenders on the frontier, with different pass rates and about fifteen times different decode speed', async () => {
    const { page, close } = await open('recorded');
    const [fast, right] = await contendersTable();
    const ratio = Number(fast?.decode_tokens_per_s) / Number(right?.decode_tokens_per_s);
    expect(ratio).toBeGreaterThan(12);
    expect(ratio).toBeLessThan(18);
    expect(Number(right?.pass_rate) - Number(fast?.pass_rate)).toBeGreaterThan(0.1);
    const drawing = await seen(page.locator('[data-chart="frontier"]'));
    for (const row of [fast, right]) expect(drawing).toContain(`${row?.contender} (simulated)`);
    await close();
  });

  it('says when the lead passes, with the interval of that moment, in the figure and in words', async () => {
    const { page, close } = await open('recorded');
    const [fast, right] = await contendersTable();
    const twin = page.locator('#solved details', { hasText: 'When the lead passes' });
    await twin.locator('summary').click();
    const passes = await seen(twin);
    expect(passes).toMatch(
      new RegExp(`${fast?.contender} .*${right?.contender} .*[\\d.]+ s\\s+[\\d.]+–[\\d.]+ s\\s+\\d+%`, 's'),
    );
    expect(await seen(page.locator('[data-chart="solved-by-time"]'))).toMatch(
      / leads until [\d.]+ s \([\d.]+–[\d.]+ s\)/,
    );
    await close();
  });

  it('opens a trial, shows its trajectory, verdict, verifier output and diff, and closes with the keyboard', async () => {
    const { page, complaints, close } = await open('recorded');
    const trial = page.locator('tr:has-text("instance_tacho__skiff-snapshot-names") [data-trial]').first();
    await trial.focus();
    await page.keyboard.press('Enter');
    const dialog = page.locator('dialog[open]');
    await dialog.waitFor();
    const text = await seen(dialog);
    expect(text).toMatch(/(un)?resolved/);
    expect(text).toMatch(/Step 1\s+TTFT \d+ ms\s+answer .+\s+output [\d,]+ tokens\s+decode [\d,.]+ tokens\/s/);
    expect(text).toMatch(/bash\n/);
    await dialog.getByText('verifier/test-stdout.txt').click();
    expect(await seen(dialog.locator('.file[open]'))).toMatch(/ok|PASS|FAIL/);
    await dialog.getByText('submission.diff').click();
    expect(await seen(dialog.locator('.diff'))).toContain('diff --git');
    await page.keyboard.press('Escape');
    expect(await page.locator('dialog[open]').count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('computes its tables and charts again for the chosen suite, and shows all when asked to', async () => {
    const { page, complaints, close } = await open('recorded');
    const table = page.locator('#part-table');
    const rows = page.locator('#part-grid tbody tr:not(.suite)');
    const [before, all] = [await seen(table), await rows.count()];
    await page.selectOption('#filter-suite', 'swe');
    await page.waitForSelector('#filter-result:not(:empty)');
    const kept = await rows.count();
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(all);
    expect(await seen(page.locator('#filter-result'))).toContain(`${kept} of ${all} tasks`);
    expect(await seen(table)).not.toBe(before);
    await page.selectOption('#filter-suite', '');
    await page.waitForSelector('#filter-result:empty', { state: 'attached' });
    expect(await seen(table)).toBe(before);
    expect(complaints).toEqual([]);
    await close();
  });

  it('draws the frontier over the time statistic that is chosen, what-if points over means only', async () => {
    const { page, complaints, close } = await open('recorded');
    const chart = page.locator('[data-chart="frontier"]');
    expect(await seen(chart)).not.toContain('What if');
    await page.locator('input[value="mean"]').check({ force: true });
    await chart.getByText('What if: cascade').waitFor();
    expect(await seen(chart)).toContain('Agent time, mean');
    expect(await seen(chart)).toContain('needs a verifier; upper bound');
    expect(complaints).toEqual([]);
    await close();
  });

  it('draws the frontier over cost: what leads there is another, and the table and its words say so', async () => {
    const { page, complaints, close } = await open('recorded');
    const chart = page.locator('[data-chart="frontier"]');
    const twin = page.locator('#part-frontier-twin details.twin');
    await twin.locator('summary').click();
    expect(await seen(twin)).not.toContain('dominated');
    await page.locator('input[value="cost-per-solved"]').check({ force: true });
    await chart.getByText('Cost per solved task (log scale)').waitFor();
    await twin.locator('summary').click();
    const [dear, cheap] = await contendersTable();
    expect(Number(cheap?.cost_per_solved_usd)).toBeLessThan(Number(dear?.cost_per_solved_usd));
    const row = (contender: string | undefined) =>
      seen(twin.locator(`tr:has-text("${contender} (simulated)")`).first());
    expect(await row(dear?.contender)).toMatch(/\$0\.0\d+ \(\$0\.0\d+–0\.0\d+\)\s+dominated/);
    expect(await row(cheap?.contender)).toMatch(/\$0\.0\d+ \(\$0\.0\d+–0\.0\d+\)\s+yes/);
    expect(await seen(chart)).toContain('for $0.0');
    expect(await seen(page.locator('#part-cost'))).toMatch(
      /a trial, \$0\.0\d+ \(.*\) per solved task\.[\s\S]*made up for the demonstration/,
    );
    await page.locator('input[value="cost-per-trial"]').check({ force: true });
    await chart.getByText('Cost per trial (log scale)').waitFor();
    expect(await seen(page.locator('section#frontier'))).not.toContain('What if');
    await page.locator('input[value="median"]').check({ force: true });
    await chart.getByText('Agent time, median (log scale)').waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('picks a contender by a click on its mark, in every chart in which contenders lie over each other', async () => {
    const { page, complaints, close } = await open('recorded');
    const faded = (chart: string) =>
      page.$$eval(`[data-chart="${chart}"] svg .mark-text text`, (names) =>
        names
          .filter((name) => Number(name.getAttribute('opacity') ?? 1) < 0.5 && /\(simulated\)$/.test(name.textContent))
          .map((name) => name.textContent),
      );
    const charts = ['frontier', 'solved-by-time', 'acceptability'];
    const fadedInAll = () => Promise.all(charts.map(faded));
    expect(await fadedInAll()).toEqual([[], [], []]);
    const point = page.locator('[data-chart="frontier"] .mark-symbol path[aria-label^="gpu"]').first();
    await point.click();
    await expect.poll(fadedInAll).toEqual([['wafer (simulated)'], ['wafer (simulated)'], ['wafer (simulated)']]);
    await page.locator('[data-chart="solved-by-time"] svg').click({ position: { x: 100, y: 100 } });
    await expect.poll(fadedInAll).toEqual([[], [], []]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('models other decode speeds with the slider, and says that it models', async () => {
    const { page, complaints, close } = await open('recorded');
    const slider = page.locator('#slider');
    const table = page.locator('#slider-table');
    const before = await seen(table);
    await slider.fill('60');
    expect(await seen(page.locator('#slider-value'))).toBe('10,000');
    expect(await seen(table)).not.toBe(before);
    expect(await seen(table)).toContain('Modelled at 10,000 tokens/s');
    await page.selectOption('#filter-suite', 'terminal');
    await page.waitForSelector('#filter-result:not(:empty)');
    await page.locator('#slider').fill('0');
    expect(await seen(page.locator('#slider-value'))).toBe('10.0');
    expect(complaints).toEqual([]);
    await close();
  });

  it('saves a chart as SVG, PNG and specification without the network', async () => {
    const { page, complaints, close } = await open('recorded');
    const chart = page.locator('[data-chart="frontier"]');
    await chart.hover();
    const starts: Record<string, string> = { SVG: '<svg', PNG: '\u0089PNG', 'Vega-Lite': '{' };
    for (const [format, start] of Object.entries(starts)) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        chart.getByText(format, { exact: true }).click(),
      ]);
      const content = await readFile(await download.path(), 'latin1');
      expect(content.startsWith(start), format).toBe(true);
    }
    expect(complaints).toEqual([]);
    await close();
  });

  it('prints light, without controls', async () => {
    const { page, close } = await open('recorded', { theme: 'dark' });
    const ink = () => page.evaluate<string>(`getComputedStyle(document.querySelector('h1')).color`);
    const onScreen = await ink();
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.locator('#controls').isVisible()).toBe(false);
    expect(await page.locator('summary:visible', { hasText: 'The same as a table' }).count()).toBe(0);
    expect(await ink()).not.toBe(onScreen);
    await close();
  });
});

describe('a report in which not every call stated its tokens', () => {
  it('has no cost of that contender, and says what it was at least', async () => {
    const { manifest, records } = syntheticRun({ tasks: 4, infraErrors: 0 });
    const cut = records.map((record, place) =>
      place === 0
        ? { ...record, turns: record.turns.map((turn, call) => (call === 0 ? turn : { ...turn, usage: {} })) }
        : record,
    );
    await writeReportFiles(join(folder, 'cut'), { manifest, records: cut });
    const { page, complaints, close } = await open('cut');
    const words = await seen(page.locator('#part-cost'));
    expect(words).toMatch(/^Cost: Codex \(simulated\) \$/);
    expect(words).toMatch(
      /No cost of Spark \(simulated\): in 1 of 12 judged trials the endpoint did not state the tokens of a model call; by the tokens that are stated a trial cost at least \$0\.\d+, a solved task at least \$0\.\d+; estimated, .*, a trial cost about \$0\.\d+, a solved task about \$0\.\d+\./,
    );
    await page.locator('input[value="cost-per-trial"]').check({ force: true });
    const chart = page.locator('[data-chart="frontier"]');
    await chart.getByText('Cost per trial (log scale)').waitFor();
    expect(await seen(chart)).not.toContain('Spark');
    expect(complaints).toEqual([]);
    await close();
  });
});

describe('a report without prices', () => {
  it('has no choice of cost, and says what would give it one', async () => {
    const { manifest, records } = syntheticRun({ tasks: 4 });
    const endpoints = manifest.endpoints.map(({ prices: _prices, ...endpoint }) => endpoint);
    await writeReportFiles(join(folder, 'unpriced'), { manifest: { ...manifest, endpoints }, records });
    const { page, complaints, close } = await open('unpriced');
    expect(await page.locator('input[name="axis"]').count()).toBe(3);
    expect(await seen(page.locator('#controls'))).toContain(
      'No choice of cost: no prices of endpoint `Spark-endpoint`: declare `prices` there in tacho.yaml',
    );
    expect(await seen(page.locator('#part-cost'))).toMatch(
      /^Cost is not known\.\s+No cost of Spark \(simulated\): no prices/,
    );
    expect(await readdir(join(folder, 'unpriced', 'charts'))).not.toContain('frontier-cost-per-solved.svg');
    expect(complaints).toEqual([]);
    await close();
  });
});

describe('any report', () => {
  it('has a table for every figure', async () => {
    const { page, close } = await open('recorded');
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

  it('stays below five megabytes for three contenders, a hundred tasks and five trials each', async () => {
    const contenders = [
      ...sparkAndCodex,
      {
        ...(sparkAndCodex[1] ?? sparkAndCodex[0]),
        name: 'Mini',
        skill: 0.5,
        tier: 'gpu',
        tokensPerSecond: 150,
        ttftMs: 300,
        steps: 8,
      } as const,
    ];
    await writeReportFiles(join(folder, 'large'), syntheticRun({ contenders, tasks: 100, attempts: 5 }));
    expect((await stat(join(folder, 'large', 'index.html'))).size).toBeLessThan(5e6);
    const { page, complaints, close } = await open('large');
    await page.locator('[data-trial]').last().click();
    await page.locator('dialog[open] .step').first().waitFor();
    expect(complaints).toEqual([]);
    await close();
  });
});
