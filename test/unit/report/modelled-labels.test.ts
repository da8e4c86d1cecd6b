import { beforeAll, expect, it } from 'vitest';
import { toHtml } from '../../../src/report/html/node.ts';
import { whatIfTable } from '../../../src/report/html/view/numbers/speed-views.ts';
import { modelOf, reportTexts } from '../../support/report-files.ts';
import { syntheticRun } from '../../support/synthetic-run.ts';

const run = syntheticRun({ tasks: 12 });
let files: ReadonlyMap<string, string>;

beforeAll(async () => {
  files = await reportTexts(run);
});

/** What the marks of a chart say when they are pointed at or read aloud. */
const marksOf = (id: string): readonly string[] => {
  const marks = /aria-label="([^"]+)"[^>]*aria-roledescription="(?:bar|point)"/g;
  return [...(files.get(`charts/${id}.svg`) ?? '').matchAll(marks)].map(([, label]) => label ?? '');
};

it('each bar of the modelled duration says whether it is modelled or measured', () => {
  const marks = marksOf('modelled');
  expect(marks.filter((mark) => / Modelled (decode|prefill|tools) /.test(mark))).toHaveLength(6);
  expect(marks.filter((mark) => / Measured /.test(mark))).toHaveLength(2);
  expect(marks).toHaveLength(8);
});

it('each what-if point of the frontier says that it needs a verifier and is an upper bound', () => {
  const whatIf = marksOf('frontier-mean').filter((mark) => mark.startsWith('What if'));
  expect(whatIf.length).toBeGreaterThan(0);
  for (const mark of whatIf) expect(mark).toContain('needs a verifier; upper bound');
  const list = /<ul class="what-if">.*?<\/ul>/s.exec(files.get('index.html') ?? '')?.[0] ?? '';
  expect(list.match(/<li>/g)).toHaveLength(whatIf.length);
  expect(list.match(/\(modelled; needs a verifier/g)).toHaveLength(whatIf.length);
});

it('each column of the what-if table that is not measured is called modelled', async () => {
  const table = toHtml(whatIfTable(await modelOf(run), 100));
  const heads = [...table.matchAll(/<th[^>]*scope="col"[^>]*>([^<]*)</g)].map(([, head]) => head ?? '');
  expect(heads.length).toBeGreaterThan(5);
  expect(heads.filter((head) => !head.startsWith('Modelled'))).toEqual(['Contender', 'Measured', 'at tokens/s']);
});
