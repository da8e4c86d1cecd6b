import { parse, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { Chart } from '../../chart/chart.ts';
import { paperTheme } from '../../chart/theme.ts';
import type { ReportModel } from '../../model.ts';

const paperWidth = 760;

const download = (name: string, url: string): void => {
  const link = document.createElement('a');
  link.download = name;
  link.href = url;
  link.click();
};

const textUrl = (text: string, type: string): string => `data:${type};charset=utf-8,${encodeURIComponent(text)}`;

const paperView = (specification: TopLevelSpec): View =>
  new View(parse(compile(specification).spec, undefined, { ast: true }), {
    renderer: 'none',
    expr: expressionInterpreter,
  });

type Format = { readonly name: string; readonly save: (id: string, specification: TopLevelSpec) => Promise<void> };

const formats: readonly Format[] = [
  {
    name: 'SVG',
    save: async (id, specification) =>
      download(`${id}.svg`, textUrl(await paperView(specification).toSVG(), 'image/svg+xml')),
  },
  {
    name: 'PNG',
    save: async (id, specification) => download(`${id}.png`, await paperView(specification).toImageURL('png', 2)),
  },
  {
    name: 'Vega-Lite',
    save: async (id, specification) =>
      download(`${id}.vl.json`, textUrl(JSON.stringify(specification, null, 1), 'application/json')),
  },
];

/** Buttons that save a chart as it is now, in plain colours on white. */
export const exportActions = (chart: Chart, model: ReportModel): HTMLElement => {
  const bar = document.createElement('div');
  bar.className = 'export';
  for (const { name, save } of formats) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = name;
    button.setAttribute('aria-label', `Save ${chart.title} as ${name}`);
    button.addEventListener('click', () => {
      const specification = chart.specification(model, { theme: paperTheme, width: paperWidth });
      if (specification !== undefined) void save(chart.id, specification);
    });
    bar.append(button);
  }
  return bar;
};
