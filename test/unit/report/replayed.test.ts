import { expect, it } from 'vitest';
import { renderConsole } from '../../../src/report/console.ts';
import { markdownSummary } from '../../../src/report/markdown.ts';
import { readCsv } from '../../support/parse-csv.ts';
import { modelOf, reportTexts } from '../../support/report-files.ts';
import { syntheticRun } from '../../support/synthetic-run.ts';

const run = syntheticRun({ tasks: 3 });
const contenders = run.manifest.contenders.map((contender, index) => ({
  ...contender,
  simulated: false,
  ...(index === 0 ? { replayed: true } : {}),
}));
const replayed = { ...run, manifest: { ...run.manifest, contenders } };

it('a contender whose answers were played back is said to be, wherever it is named', async () => {
  const model = await modelOf(replayed);
  const files = await reportTexts(replayed);
  const [html = ''] = (files.get('index.html') ?? '').split('<script');
  for (const text of [renderConsole(model, { color: false }), markdownSummary(model).replaceAll('\\', '')]) {
    expect(text).toContain('Spark (replayed)');
    expect(text).not.toContain('Codex (');
  }
  expect(html).toMatch(/Spark<span class="simulated"> \(replayed\)<\/span>/);
  expect(html).toContain('Replayed endpoints played a recording back');
  for (const table of ['contenders', 'metrics_long', 'trials', 'turns']) {
    const rows = readCsv(files.get(`tables/${table}.csv`) ?? '');
    expect(rows.length).toBeGreaterThan(0);
    for (const { contender, replayed: whether } of rows) expect(whether, table).toBe(String(contender === 'Spark'));
  }
});

it('nothing is said to be replayed where nothing was', async () => {
  const [body = ''] = ((await reportTexts(run)).get('index.html') ?? '').split('<script');
  expect(body.includes('Codex')).toBe(true);
  expect(/replayed/i.test(body)).toBe(false);
});
