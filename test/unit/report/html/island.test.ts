import { describe, expect, it } from 'vitest';
import { collect } from '../../../../src/analysis/collect.ts';
import { summarise } from '../../../../src/analysis/summary.ts';
import { fromIsland, type Island, islandJson, toIsland } from '../../../../src/report/html/island.ts';
import { reportModel } from '../../../../src/report/model.ts';
import { hostileTexts } from '../../../support/hostile.ts';
import { syntheticRun } from '../../../support/synthetic-run.ts';

/** The page keeps times to a tenth of a millisecond: what it computes agrees to three digits. */
const near = (found: number | undefined, wanted: number | undefined, what: string): void => {
  if (wanted === undefined) expect(found, what).toBeUndefined();
  else expect(Math.abs((found ?? Number.NaN) - wanted), what).toBeLessThanOrEqual(Math.abs(wanted) / 1000 + 0.05);
};

describe('the data island', () => {
  it('cannot end its script element, and gives back every text', () => {
    const json = islandJson(hostileTexts);
    expect(json).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(json)).toEqual(hostileTexts);
  });

  it('holds all that the page needs to compute the summary again', async () => {
    const { manifest, records } = syntheticRun({ tasks: 6, attempts: 2 });
    const model = reportModel(manifest, await collect(manifest, records));
    const page = fromIsland(JSON.parse(islandJson(toIsland(model))) as Island);
    const options = { seed: 1, effort: 20_000 };
    const [there, here] = [summarise(page.selection, options), summarise(model.selection, options)];
    expect(there.grid).toEqual(here.grid);
    for (const [place, { metrics, passRate, anatomy }] of here.contenders.entries()) {
      expect(there.contenders[place]?.passRate).toEqual(passRate);
      for (const [id, value] of Object.entries(metrics)) near(there.contenders[place]?.metrics[id], value, id);
      for (const [name, value] of Object.entries(anatomy))
        near(there.contenders[place]?.anatomy[name as keyof typeof anatomy], value, name);
    }
  });
});
