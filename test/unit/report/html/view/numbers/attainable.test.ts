import { describe, expect, it } from 'vitest';
import { toHtml } from '../../../../../../src/report/html/node.ts';
import { attainableView } from '../../../../../../src/report/html/view/numbers/twins.ts';
import { modelOf } from '../../../../../support/report-files.ts';
import { syntheticRun } from '../../../../../support/synthetic-run.ts';

/** The line about the area under the staircase, of a run with this time limit. */
const said = async (timeMs: number | undefined): Promise<string> => {
  const { manifest, records } = syntheticRun({ tasks: 6 });
  const model = await modelOf({ manifest: { ...manifest, config: { budgets: { time: timeMs } } }, records });
  const view = attainableView(model, 'median');
  return view === undefined ? '' : toHtml(view);
};

describe('the area under the staircase', () => {
  it('is a share of the time up to the limit that the configuration set', async () => {
    expect(await said(3_600_000)).toMatch(/up to the limit of 60\.0 min \(hypervolume\): 0\.\d{3} of 1\. Lost without/);
  });

  it('says why there is none: no limit for all tasks, or nobody below it', async () => {
    expect(await said(undefined)).toMatch(/No area .*needs one time limit for all tasks, `budgets\.time`/);
    expect(await said(1)).toMatch(/No area .*no contender comes in below the limit/);
  });
});
