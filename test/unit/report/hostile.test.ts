import { beforeAll, describe, expect, it } from 'vitest';
import { renderConsole } from '../../../src/report/console.ts';
import { pageCharts } from '../../../src/report/html/view/page-view.ts';
import { markdownText } from '../../../src/report/markdown.ts';
import { trialTable } from '../../../src/report/table/grain/trial-table.ts';
import { hostileTexts } from '../../support/hostile.ts';
import { hostileRun } from '../../support/hostile-run.ts';
import { readCsv } from '../../support/parse-csv.ts';
import { modelOf, reportTexts } from '../../support/report-files.ts';
import { syntheticRun } from '../../support/synthetic-run.ts';

let files: ReadonlyMap<string, string>;
const text = (path: string): string => files.get(path) ?? '';

/** Controls but newline, and marks that reorder a line. */
const steering = [
  ...Array.from({ length: 32 }, (_, code) => code).filter((code) => code !== 10),
  ...Array.from({ length: 33 }, (_, place) => 0x7f + place),
  0x202e,
  0x2066,
].map((code) => String.fromCharCode(code));

beforeAll(async () => {
  files = await reportTexts(hostileRun());
});

describe('hostile names, reasons and outputs', () => {
  it('send no control character, in any text file of the report', () => {
    for (const [path, content] of files) {
      if (path.endsWith('.html') || path.endsWith('.parquet')) continue;
      for (const character of steering)
        expect(content.includes(character), `${path} has U+${character.charCodeAt(0).toString(16)}`).toBe(false);
    }
  });

  it('are no formula in a text cell, and come back as they were in raw CSV', async () => {
    const textColumns = trialTable.columns.filter(({ type }) => type === 'string').map(({ name }) => name);
    const rows = readCsv(text('tables/trials.csv'));
    expect(rows.length).toBeGreaterThan(hostileTexts.length);
    for (const row of rows) for (const name of textColumns) expect(row[name]).not.toMatch(/^[=+\-@\t\r]/);
    const raw = readCsv((await reportTexts(hostileRun(), { rawCsv: true })).get('tables/trials.csv') ?? '');
    expect(raw.some(({ task }) => task?.startsWith("=cmd|'/C calc'!A0"))).toBe(true);
  });

  it('are no command for a CI runner in what goes to a terminal', async () => {
    const model = await modelOf(hostileRun());
    const output = renderConsole(model, { color: false, columns: 40 });
    expect(output).toContain('Spark');
    for (const line of output.split('\n')) expect(line.trimStart().startsWith('::')).toBe(false);
    expect(output).not.toContain('##[');
    for (const character of steering)
      expect(output.includes(character), character.codePointAt(0)?.toString(16)).toBe(false);
  });

  it('are neither HTML nor markup nor mentions in Markdown', () => {
    const markdown = text('summary.md');
    expect(markdown).toContain('Spark');
    expect(markdown).not.toMatch(/<[a-z/!]/i);
    for (const line of markdown.split('\n')) {
      // Taking away what is escaped leaves only what Markdown acts on.
      const active = line.replace(/\\./g, '').replace(/&#?\w+;/g, '');
      expect(active).not.toMatch(/\]\(|!\[|@\w|~~|https?:|www\.|^\s*::/);
    }
  });

  it('leave nothing active in a Markdown text', () => {
    for (const hostile of hostileTexts)
      expect(
        markdownText(hostile)
          .replace(/\\./g, '')
          .replace(/&#?\w+;/g, ''),
      ).not.toMatch(/[<>[\]`*_~|]|@\w|::|https?:|www\.|#\d|\n/);
  });

  it('are text in SVG', () => {
    const drawings = [...files].filter(([path]) => path.endsWith('.svg'));
    expect(drawings.length).toBeGreaterThan(5);
    for (const [, svg] of drawings) {
      const markup = svg.replace(/"[^"]*"/g, '""').replace(/>[^<]*</g, '><');
      expect(markup).not.toMatch(/<(script|img|foreignObject|a[ >])|\son\w+=/i);
    }
  });

  it('cannot break out of their place in the page', () => {
    const page = text('index.html');
    const withoutScripts = page.replace(/<script[^>]*>.*?<\/script>/gs, '').replace(/<style>.*?<\/style>/gs, '');
    expect(withoutScripts).not.toMatch(/<script|<img|<iframe|<object/i);
    expect(page.match(/<script>/g)).toHaveLength(1);
  });
});

describe('a report', () => {
  it('is the same bytes every time it is made from the same log', async () => {
    const again = await reportTexts(hostileRun());
    expect([...again.keys()]).toEqual([...files.keys()]);
    for (const [path, content] of again) expect(content === files.get(path), path).toBe(true);
  });

  it('is the same whatever order the trials finished in', async () => {
    const { manifest, records } = hostileRun();
    const other = await reportTexts({ manifest, records: records.toReversed() });
    for (const [path, content] of other)
      if (path !== 'index.html') expect(content === files.get(path), path).toBe(true);
  });

  it('holds the same drawings as its chart files, all of them', async () => {
    const texts = await reportTexts(syntheticRun({ tasks: 6 }));
    expect(pageCharts.length).toBeGreaterThan(8);
    for (const { id } of pageCharts) {
      const drawing = texts.get(`charts/${id}.svg`) ?? '';
      expect(drawing, id).toContain('<svg');
      expect(texts.get('index.html')?.includes(drawing), id).toBe(true);
    }
  });
});
