import { compile } from 'vega-lite';
import { describe, expect, it, vi } from 'vitest';
import { charts } from '../../../../src/report/chart/charts.ts';
import { svgOf } from '../../../../src/report/chart/svg.ts';
import { pageTheme, paperTheme } from '../../../../src/report/chart/theme.ts';
import { modelOf } from '../../../support/report-files.ts';
import { syntheticRun } from '../../../support/synthetic-run.ts';

const model = await modelOf(syntheticRun({ tasks: 12 }));

describe.each(charts.map((chart) => [chart.id, chart] as const))('the chart %s', (_id, chart) => {
  it.each([760, 380])(
    'compiles at %d pixels without a warning and names every contender as simulated',
    async (width) => {
      const warn = vi.spyOn(console, 'warn');
      const specification = chart.specification(model, { theme: paperTheme, width });
      if (specification === undefined) throw new Error('there is nothing to draw');
      const drawing = await svgOf(specification);
      expect(warn).not.toHaveBeenCalled();
      expect(drawing).toContain('Spark (simulated)');
      expect(drawing).toContain('Codex (simulated)');
      expect(drawing).not.toMatch(/NaN|undefined|Infinity/);
      warn.mockRestore();
    },
  );

  it('has every fixed colour from the theme, so that the page can be dark', () => {
    const specification = chart.specification(model, { theme: pageTheme, width: 760 });
    expect(JSON.stringify(specification)).not.toMatch(/#[0-9a-f]{3,6}\b/i);
  });

  it('draws nothing rather than an empty figure for a run without verdicts', async () => {
    const empty = await modelOf({ ...syntheticRun({ tasks: 1 }), records: [] });
    expect(chart.specification(empty, { theme: paperTheme, width: 760 })).toBeUndefined();
  });
});

it('joins the efforts of one model by a line', async () => {
  const { manifest, records } = syntheticRun({ tasks: 6 });
  const [endpoint] = manifest.endpoints;
  const contenders = manifest.contenders.map((contender, place) => ({
    ...contender,
    endpoints: [endpoint?.id ?? ''],
    settings: { effort: place === 0 ? 'low' : 'high' },
  }));
  const chart = charts[0];
  const lines = (drawn: Awaited<ReturnType<typeof modelOf>>) => {
    const specification = chart?.specification(drawn, { theme: paperTheme, width: 760 });
    if (specification === undefined) throw new Error('there is nothing to draw');
    const { data = [] } = compile(specification).spec;
    return data.filter((set) => 'values' in set && JSON.stringify(set.values).includes('"line"')).length;
  };
  expect(lines(await modelOf({ manifest, records }))).toBe(0);
  expect(lines(await modelOf({ manifest: { ...manifest, contenders }, records }))).toBe(1);
});

it('draws the dashed mixing hull only where both axes are means', () => {
  const dashed = charts
    .filter(({ id }) => id.startsWith('frontier'))
    .filter(({ specification }) =>
      JSON.stringify(specification(model, { theme: paperTheme, width: 760 })).includes('"strokeDash":[6,5]'),
    );
  expect(dashed.map(({ id }) => id).sort()).toEqual(['frontier-cost-per-trial', 'frontier-mean']);
});

it('draws hollow what-if points over mean times only', () => {
  const hollow = charts.filter(({ specification }) =>
    JSON.stringify(specification(model, { theme: paperTheme, width: 760 })).includes('"name":"What if'),
  );
  expect(hollow.map(({ id }) => id)).toEqual(['frontier-mean']);
});
