import type { TopLevelSpec } from 'vega-lite';
import { duration } from '../../format.ts';
import type { ReportModel } from '../../model.ts';
import { said } from '../axes.ts';
import { type Chart, type ChartOptions, isNarrow } from '../chart.ts';
import { figure, partColours } from '../figure.ts';
import { labelOf } from '../label.ts';

const barHeight = 16;

const partsOf = ({ theme }: ChartOptions) =>
  [
    { key: 'generation', label: 'Modelled decode', colour: theme.segments.decode },
    { key: 'prefill', label: 'Modelled prefill', colour: theme.segments.ttft },
    { key: 'tool', label: 'Modelled tools', colour: theme.segments.tool },
    { key: 'measured', label: 'Measured', colour: theme.muted },
  ] as const;

const rowsOf = (model: ReportModel, options: ChartOptions) =>
  model.summary.contenders.flatMap(({ contender }, place) => {
    const modelled = model.summary.modelled[place];
    if (modelled === undefined || modelled === null) return [];
    const { text } = labelOf(model, contender);
    const { generationMs: generation, prefillMs: prefill, toolMs: tool, measuredMs: measured } = modelled;
    const amounts = { generation, prefill, tool, measured };
    return partsOf(options).map(({ key, label }, order) => ({
      name: text,
      bar: key === 'measured' ? 'measured' : 'modelled',
      part: label,
      order,
      seconds: amounts[key] / 1000,
      summary: `${text}: ${label} ${duration(amounts[key])}`,
    }));
  });

const specification = (model: ReportModel, options: ChartOptions): TopLevelSpec | undefined => {
  const rows = rowsOf(model, options);
  if (rows.length === 0) return undefined;
  const names = [...new Set(rows.map(({ name }) => name))];
  const y = { field: 'name', type: 'nominal', sort: names, axis: null };
  const axis = { title: 'Mean seconds a trial →', titleAnchor: 'end', tickCount: isNarrow(options) ? 4 : 8 };
  const bars = {
    mark: { type: 'bar', height: barHeight, stroke: options.theme.surface, strokeWidth: 1 },
    encoding: {
      x: { field: 'seconds', type: 'quantitative', stack: 'zero', axis },
      y,
      yOffset: { field: 'bar', type: 'nominal', sort: ['modelled', 'measured'], scale: { paddingOuter: 0.6 } },
      color: partColours('part', { parts: partsOf(options), columns: isNarrow(options) ? 1 : 4 }),
      order: { field: 'order', type: 'quantitative' },
      ...said,
    },
  };
  const nameLayer = {
    data: { values: names.map((name) => ({ name })) },
    mark: { type: 'text', align: 'left', baseline: 'middle', dy: -30, fontSize: 13, fontWeight: 600 },
    encoding: { x: { value: 0 }, y, text: { field: 'name' } },
  };
  return figure(options, {
    description: `Modelled duration of a mean task beside the measured one: ${rows.map(({ summary }) => summary).join('; ')}`,
    height: names.length * 74,
    fit: 'fit-x',
    values: rows,
    layer: [bars, nameLayer],
  });
};

/** OpenAI's modelled duration, labelled so, beside what was measured. */
export const modelledChart: Chart = { id: 'modelled', title: 'Modelled and measured duration', specification };
