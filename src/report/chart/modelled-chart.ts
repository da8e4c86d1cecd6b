import type { TopLevelSpec } from 'vega-lite';
import { duration } from '../format.ts';
import type { ReportModel } from '../model.ts';
import { type Chart, type ChartOptions, isNarrow } from './chart.ts';
import { labelOf } from './label.ts';
import { chartConfig } from './theme.ts';

const barHeight = 16;

const partsOf = ({ theme }: ChartOptions) =>
  [
    { key: 'generation', label: 'Modelled: output ÷ decode speed', colour: theme.segments.decode },
    { key: 'prefill', label: 'Modelled: prefill and network', colour: theme.segments.ttft },
    { key: 'tool', label: 'Modelled: tools', colour: theme.segments.tool },
    { key: 'measured', label: 'Measured agent time', colour: theme.muted },
  ] as const;

const specification = (model: ReportModel, options: ChartOptions): TopLevelSpec | undefined => {
  const { theme, width } = options;
  const parts = partsOf(options);
  const rows = model.summary.contenders.flatMap(({ contender }, place) => {
    const modelled = model.summary.modelled[place];
    if (modelled === undefined || modelled === null) return [];
    const { text } = labelOf(model, contender);
    const amounts = {
      generation: modelled.generationMs,
      prefill: modelled.prefillMs,
      tool: modelled.toolMs,
      measured: modelled.measuredMs,
    };
    return parts.map(({ key, label }, order) => ({
      name: text,
      bar: key === 'measured' ? 'measured' : 'modelled',
      part: label,
      order,
      seconds: amounts[key] / 1000,
      summary: `${text}, ${key === 'measured' ? 'measured' : 'modelled'}: ${label} ${duration(amounts[key])}`,
    }));
  });
  if (rows.length === 0) return undefined;
  const names = [...new Set(rows.map(({ name }) => name))];
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: 'Modelled duration of a mean task beside the measured one',
    width,
    height: names.length * 74,
    autosize: { type: 'fit-x', contains: 'padding' },
    config: chartConfig(theme),
    data: { values: rows },
    layer: [
      {
        mark: { type: 'bar', height: barHeight, stroke: theme.surface, strokeWidth: 1 },
        encoding: {
          x: {
            field: 'seconds',
            type: 'quantitative',
            stack: 'zero',
            axis: { title: 'Mean seconds a trial →', titleAnchor: 'end', tickCount: isNarrow(options) ? 4 : 8 },
          },
          y: { field: 'name', type: 'nominal', sort: names, axis: null },
          yOffset: { field: 'bar', type: 'nominal', sort: ['modelled', 'measured'], scale: { paddingOuter: 0.6 } },
          color: {
            field: 'part',
            type: 'nominal',
            scale: { domain: parts.map(({ label }) => label), range: parts.map(({ colour }) => colour) },
            legend: {
              title: null,
              orient: 'bottom',
              columns: isNarrow(options) ? 1 : 4,
              symbolType: 'square',
              symbolSize: 110,
              symbolOpacity: 1,
              labelLimit: 260,
            },
          },
          order: { field: 'order', type: 'quantitative' },
          tooltip: { field: 'summary', type: 'nominal' },
        },
      },
      {
        data: { values: names.map((name) => ({ name })) },
        mark: { type: 'text', align: 'left', baseline: 'middle', dy: -30, fontSize: 13, fontWeight: 600 },
        encoding: {
          x: { value: 0 },
          y: { field: 'name', type: 'nominal', sort: names, axis: null },
          text: { field: 'name' },
        },
      },
    ],
  } as TopLevelSpec;
};

/** OpenAI's modelled duration, labelled so, beside what was measured. */
export const modelledChart: Chart = { id: 'modelled', title: 'Modelled and measured duration', specification };
