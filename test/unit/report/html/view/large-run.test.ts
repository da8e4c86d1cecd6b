import { expect, it } from 'vitest';
import { h, toHtml } from '../../../../../src/report/html/node.ts';
import { pageView } from '../../../../../src/report/html/view/page-view.ts';
import { modelOf } from '../../../../support/report-files.ts';
import { syntheticRun } from '../../../../support/synthetic-run.ts';

/** The page of a run whose few trials are told many times over. */
const pageOf = async (trials: number): Promise<string> => {
  const model = await modelOf(syntheticRun({ tasks: 4 }));
  const { selection } = model;
  const many = Array.from({ length: trials }, (_, place) => selection.trials[place % selection.trials.length]);
  const told = { ...selection, trials: many.filter((trial) => trial !== undefined) };
  return toHtml(h('main', {}, ...pageView({ ...model, selection: told }, () => undefined)));
};

it('a page that cannot carry its trials says so where the filters would be, and offers nothing that it cannot do', async () => {
  const page = await pageOf(25_001);
  expect(page).toContain('it has 25,001 trials, and above 25,000 a page cannot carry');
  expect(page).not.toMatch(/filter-suite|data-trial|Open one to read/);
  expect(page).toContain('aria-label="trial 1: resolved"');
});

it('a page that can has filters, and opens trials', async () => {
  const page = await pageOf(25_000);
  expect(page).not.toContain('a page cannot carry');
  for (const part of ['filter-suite', 'data-trial', 'Open one to read']) expect(page).toContain(part);
});
