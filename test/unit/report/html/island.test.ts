import { describe, expect, it } from 'vitest';
import { collect } from '../../../../src/analysis/collect.ts';
import { summarise } from '../../../../src/analysis/summary.ts';
import { fromIsland, type Island, islandJson, toIsland } from '../../../../src/report/html/island.ts';
import { reportModel } from '../../../../src/report/model.ts';
import { hostileTexts } from '../../../support/hostile.ts';
import { syntheticRun } from '../../../support/synthetic-run.ts';

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
      for (const [id, value] of Object.entries(metrics))
        expect(there.contenders[place]?.metrics[id] ?? Number.NaN, id).toBeCloseTo(value ?? Number.NaN, 3);
      for (const [name, value] of Object.entries(anatomy))
        expect(there.contenders[place]?.anatomy[name as keyof typeof anatomy]).toBeCloseTo(value, 2);
    }
  });
});
