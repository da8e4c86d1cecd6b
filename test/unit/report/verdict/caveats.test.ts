import { expect, it } from 'vitest';
import { renderConsole } from '../../../../src/report/console.ts';
import { markdownSummary } from '../../../../src/report/markdown.ts';
import { modelOf, reportTexts } from '../../../support/report-files.ts';
import { syntheticRun } from '../../../support/synthetic-run.ts';

const { manifest, records } = syntheticRun({ tasks: 4, attempts: 1, infraErrors: 0 });
const clocks = (degraded: number) => ({
  manifest,
  records: records.map((record, place) => (place < degraded ? { ...record, degraded: ['late stamps'] } : record)),
});

/** What a reader sees first, in each kind of report. */
const saidAbout = async (run: ReturnType<typeof clocks>) => {
  const model = await modelOf(run);
  const [header = ''] = ((await reportTexts(run)).get('index.html') ?? '').split('id="controls"');
  return { header, markdown: markdownSummary(model), console: renderConsole(model, { color: false, columns: 1000 }) };
};

it('every report says beside its answer that the clocks were disturbed', async () => {
  for (const text of Object.values(await saidAbout(clocks(3))))
    expect(text).toContain('The clock is not to be trusted in 3 of 8 trials (degraded)');
  for (const text of Object.values(await saidAbout(clocks(0)))) expect(text).not.toContain('not to be trusted');
});

it('every report says beside its answer that trials are missing', async () => {
  for (const text of Object.values(await saidAbout({ manifest, records: records.slice(0, 5) })))
    expect(text).toContain('This run is not complete: 3 of 8 planned trials have no record yet.');
});
