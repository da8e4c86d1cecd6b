import type { TopLevelSpec } from 'vega-lite';
import { segmentNames } from '../../domain/trial.ts';
import { duration } from '../format.ts';
import type { ReportModel } from '../model.ts';
import { sanitiseLine } from '../sanitise.ts';
import { segmentLabels } from '../segment-labels.ts';
import { type Chart, type ChartOptions, isNarrow } from './chart.ts';
import { chartConfig } from './theme.ts';

const barHeight = 30;

const rowsOf = (model: ReportModel) =>
  model.summary.contenders.flatMap(({ anatomy, contender, resolved, unresolved }, index) => {
    if (resolved + unresolved === 0) return [];
    const name = sanitiseLine(model.contenders[index]?.label ?? contender);
    return segmentNames.map((segment, order) => ({
      name,
      segment: segmentLabels[segment].label,
      order,
      seconds: anatomy[segment] / 1000,
      summary: `${name}, ${segmentLabels[segment].label}: ${duration(anatomy[segment])}`,
    }));
  });

const specification = (model: ReportModel, options: ChartOptions): TopLevelSpec | undefined => {
  const { theme, width } = options;
  const rows = rowsOf(model);
  if (rows.length === 0) return undefined;
  const names = [...new Set(rows.map(({ name }) => name))];
  const totals = names.map((name) => {
    const seconds = rows.filter((row) => row.name === name).reduce((sum, row) => sum + row.seconds, 0);
    return { name, seconds, total: duration(seconds * 1000) };
  });
  const longest = Math.max(...totals.map(({ seconds }) => seconds));
  const y = {
    field: 'name',
    type: 'nominal',
    sort: names,
    axis: null,
    scale: { paddingInner: 0.5, paddingOuter: 0.35 },
  } as const;
  const x = {
    field: 'seconds',
    type: 'quantitative',
    stack: 'zero',
    scale: { domain: [0, longest * 1.02], nice: false },
    axis: { title: 'Mean seconds of wall-clock a trial →', titleAnchor: 'end', tickCount: isNarrow(options) ? 4 : 8 },
  } as const;
  const text = { type: 'text', baseline: 'middle', dy: -barHeight / 2 - 11 } as const;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: `Mean wall-clock of a trial, taken apart: ${totals.map(({ name, total }) => `${name} ${total}`).join('; ')}`,
    width,
    height: names.length * barHeight * 2.2,
    autosize: { type: 'fit-x', contains: 'padding' },
    config: chartConfig(theme),
    data: { values: rows },
    layer: [
      {
        mark: { type: 'bar', height: barHeight, stroke: theme.surface, strokeWidth: 1 },
        encoding: {
          x,
          y,
          color: {
            field: 'segment',
            type: 'nominal',
            scale: {
              domain: segmentNames.map((name) => segmentLabels[name].label),
              range: segmentNames.map((name) => theme.segments[name]),
            },
            legend: {
              title: null,
              orient: 'bottom',
              columns: isNarrow(options) ? 3 : 9,
              symbolType: 'square',
              symbolSize: 110,
              symbolOpacity: 1,
            },
          },
          order: { field: 'order', type: 'quantitative' },
          tooltip: { field: 'summary', type: 'nominal' },
        },
      },
      {
        data: { values: totals },
        mark: { ...text, align: 'left', fontSize: 13, fontWeight: 600 },
        encoding: { x: { value: 0 }, y, text: { field: 'name' } },
      },
      {
        data: { values: totals },
        mark: { ...text, align: 'right', color: theme.muted },
        encoding: { x: { value: { expr: 'width' } }, y, text: { field: 'total' } },
      },
    ],
  } as TopLevelSpec;
};

/** Mean wall-clock of a trial as exclusive segments that add up. */
export const anatomyChart: Chart = { id: 'anatomy', title: 'Where the time goes', specification };
