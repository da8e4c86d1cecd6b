import type { TopLevelSpec } from 'vega-lite';
import { percent } from '../../format.ts';
import type { ReportModel } from '../../model.ts';
import { colourOf, said } from '../axes.ts';
import type { Chart, ChartOptions } from '../chart.ts';
import { figure } from '../figure.ts';
import { labelOf } from '../label.ts';
import { contenderColour } from '../theme.ts';

const rowHeight = 62;

const rowsOf = (model: ReportModel, { theme }: ChartOptions) =>
  model.summary.contenders.flatMap(({ contender, reliability }) => {
    if (reliability === undefined) return [];
    const { text, index } = labelOf(model, contender);
    const { k, always, mean, ever } = reliability;
    const summary = `${text}: always ${percent(always)}, mean ${percent(mean)}, at least once ${percent(ever)} of ${k} trials`;
    return [{ name: text, colour: contenderColour(theme, index), k, always, mean, ever, summary }];
  });

const specification = (model: ReportModel, options: ChartOptions): TopLevelSpec | undefined => {
  const { theme } = options;
  const rows = rowsOf(model, options);
  const [first] = rows;
  if (first === undefined) return undefined;
  const y = { field: 'name', type: 'nominal', sort: rows.map(({ name }) => name), axis: null } as const;
  const x = {
    type: 'quantitative',
    scale: { domain: [0, 1] },
    axis: { title: 'Share of tasks →', titleAnchor: 'end', format: '.0%', values: [0, 0.25, 0.5, 0.75, 1] },
  } as const;
  const under = (field: 'always' | 'mean' | 'ever', align: string, dx: number) => ({
    transform: [{ calculate: `format(datum.${field}, '.0%')`, as: 'text' }],
    mark: { type: 'text', align, dx, dy: 15, baseline: 'middle', color: theme.muted },
    encoding: { x: { ...x, field }, y, text: { field: 'text' } },
  });
  return figure(options, {
    description: `How steady: ${rows.map(({ summary }) => summary).join('; ')}`,
    height: rows.length * rowHeight,
    fit: 'fit-x',
    values: rows,
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 9, opacity: 0.25, strokeCap: 'round' },
        encoding: { x: { ...x, field: 'always' }, x2: { field: 'ever' }, y, color: colourOf, ...said },
      },
      {
        mark: { type: 'point', filled: true, size: 130, opacity: 1 },
        encoding: { x: { ...x, field: 'mean' }, y, color: colourOf, ...said },
      },
      {
        mark: { type: 'text', align: 'left', baseline: 'middle', dy: -20, fontSize: 13, fontWeight: 600 },
        encoding: { x: { value: 0 }, y, color: colourOf, text: { field: 'name' } },
      },
      under('always', 'right', 0),
      under('mean', 'center', 0),
      under('ever', 'left', 0),
    ],
  });
};

/** From "always solved" (pass^k) over the mean to "solved at least once" (pass@k). */
export const reliabilityChart: Chart = { id: 'reliability', title: 'How steady', specification };
