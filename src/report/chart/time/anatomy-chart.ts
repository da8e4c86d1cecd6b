import type { TopLevelSpec } from 'vega-lite';
import { segmentNames } from '../../../domain/trial.ts';
import { duration } from '../../format.ts';
import type { ReportModel } from '../../model.ts';
import { sanitiseLine } from '../../sanitise.ts';
import { segmentLabels } from '../../segment-labels.ts';
import { said } from '../axes.ts';
import { type Chart, type ChartOptions, isNarrow } from '../chart.ts';
import { figure, partColours } from '../figure.ts';

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

const totalsOf = (rows: ReturnType<typeof rowsOf>) =>
  [...Map.groupBy(rows, ({ name }) => name)].map(([name, parts]) => {
    const seconds = parts.reduce((sum, part) => sum + part.seconds, 0);
    return { name, seconds, total: duration(seconds * 1000) };
  });

const specification = (model: ReportModel, options: ChartOptions): TopLevelSpec | undefined => {
  const { theme } = options;
  const rows = rowsOf(model);
  if (rows.length === 0) return undefined;
  const totals = totalsOf(rows);
  const longest = Math.max(...totals.map(({ seconds }) => seconds));
  const names = totals.map(({ name }) => name);
  const y = {
    field: 'name',
    type: 'nominal',
    sort: names,
    axis: null,
    scale: { paddingInner: 0.5, paddingOuter: 0.35 },
  };
  const x = {
    field: 'seconds',
    type: 'quantitative',
    stack: 'zero',
    scale: { domain: [0, longest * 1.02], nice: false },
    axis: { title: 'Mean seconds of wall-clock a trial →', titleAnchor: 'end', tickCount: isNarrow(options) ? 4 : 8 },
  };
  const parts = segmentNames.map((name) => ({ label: segmentLabels[name].label, colour: theme.segments[name] }));
  const color = partColours('segment', { parts, columns: isNarrow(options) ? 3 : options.width < 900 ? 5 : 9 });
  const text = { type: 'text', baseline: 'middle', dy: -barHeight / 2 - 11 };
  const bars = {
    mark: { type: 'bar', height: barHeight, stroke: theme.surface, strokeWidth: 1 },
    encoding: { x, y, color, order: { field: 'order', type: 'quantitative' }, ...said },
  };
  const nameLayer = {
    data: { values: totals },
    mark: { ...text, align: 'left', fontSize: 13, fontWeight: 600 },
    encoding: { x: { value: 0 }, y, text: { field: 'name' } },
  };
  const totalLayer = {
    data: { values: totals },
    mark: { ...text, align: 'right', color: theme.muted },
    encoding: { x: { value: { expr: 'width' } }, y, text: { field: 'total' } },
  };
  return figure(options, {
    description: `Mean wall-clock of a trial, taken apart: ${totals.map(({ name, total }) => `${name} ${total}`).join('; ')}`,
    height: names.length * barHeight * 2.2,
    fit: 'fit-x',
    values: rows,
    layer: [bars, nameLayer, totalLayer],
  });
};

/** Mean wall-clock of a trial as exclusive segments that add up. */
export const anatomyChart: Chart = { id: 'anatomy', title: 'Where the time goes', specification };
