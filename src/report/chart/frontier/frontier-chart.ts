import type { TopLevelSpec } from 'vega-lite';
import { type FrontierAxis, isCostAxis } from '../../../analysis/estimate.ts';
import type { ReportModel } from '../../model.ts';
import { colourOf, costAxisX, said, shareAxisY, timeAxisX } from '../axes.ts';
import type { Chart, ChartOptions } from '../chart.ts';
import { figure } from '../figure.ts';
import { litOpacityOf, picksContender } from '../picked.ts';
import { timeDomain } from '../time-axis.ts';
import { axisNames } from './frontier-axis.ts';
import {
  type CompositeRow,
  compositeRows,
  effortLines,
  type FrontierRow,
  frontierRows,
  hullCorners,
  staircaseCorners,
} from './frontier-rows.ts';
import { figureHeight, labelLayers } from './label-layers.ts';

const tierShapes: Readonly<Record<string, string>> = {
  'wafer-scale': 'circle',
  gpu: 'square',
  cpu: 'triangle-up',
  mixed: 'diamond',
};

type Axes = {
  readonly x: ReturnType<typeof timeAxisX> | ReturnType<typeof costAxisX>;
  readonly y: ReturnType<typeof shareAxisY>;
};

const lineLayer = ({ x, y }: Axes, values: readonly object[], mark: object) => ({
  data: { values: [...values] },
  mark: { type: 'line', strokeCap: 'round', aria: false, ...mark },
  encoding: { x, y, detail: { field: 'line' } },
});

/** Staircase, its shade, the mixing hull and the lines that join efforts: everything behind the points. */
const groundLayers = (
  axes: Axes,
  {
    rows,
    model,
    options,
    edge,
    isMean,
  }: { rows: readonly FrontierRow[]; model: ReportModel; options: ChartOptions; edge: number; isMean: boolean },
) => {
  const { theme } = options;
  const steps = staircaseCorners(rows, edge);
  return [
    {
      data: { values: [...steps] },
      mark: { type: 'area', interpolate: 'step-after', color: theme.ink, opacity: 0.045, aria: false },
      encoding: { x: axes.x, y: axes.y },
    },
    lineLayer(axes, steps, { interpolate: 'step-after', color: theme.muted, strokeWidth: 1.5, strokeDash: [1, 3] }),
    ...(isMean
      ? [lineLayer(axes, hullCorners(rows), { color: theme.muted, strokeWidth: 1, strokeDash: [6, 5], opacity: 0.7 })]
      : []),
    lineLayer(axes, effortLines(model, rows), { color: theme.muted, strokeWidth: 1, opacity: 0.8 }),
  ];
};

const pointLayers = (
  { x, y }: Axes,
  { rows, theme }: { rows: readonly FrontierRow[]; theme: ChartOptions['theme'] },
) => {
  const tiers = [...new Set(rows.map(({ tier }) => tier))].sort();
  const shape = {
    field: 'tier',
    type: 'nominal',
    scale: { domain: tiers, range: tiers.map((tier) => tierShapes[tier] ?? 'cross') },
    legend: { title: null, orient: 'bottom', offset: 4, symbolSize: 90, symbolOpacity: 1 },
  };
  const opacity = litOpacityOf('barOpacity');
  const bar = { type: 'rule', strokeWidth: 2.5, strokeCap: 'round' };
  const shared = { color: colourOf, ...said };
  return [
    { mark: bar, encoding: { x: { ...x, field: 'spentLow' }, x2: { field: 'spentHigh' }, y, opacity, ...shared } },
    { mark: bar, encoding: { x, y: { ...y, field: 'rateLow' }, y2: { field: 'rateHigh' }, opacity, ...shared } },
    {
      params: [...picksContender],
      mark: { type: 'point', filled: true, size: 190, stroke: theme.surface, strokeWidth: 1.5, cursor: 'pointer' },
      encoding: { x, y, shape, opacity: litOpacityOf('opacity'), ...shared },
    },
  ];
};

const compositeLayer = (
  { x, y }: Axes,
  { values, theme }: { values: readonly CompositeRow[]; theme: ChartOptions['theme'] },
) => ({
  data: { values: [...values] },
  mark: {
    type: 'point',
    filled: false,
    size: 130,
    stroke: theme.muted,
    strokeWidth: 1.5,
    strokeDash: [2, 2],
    fill: theme.surface,
  },
  encoding: { x, y, ...said },
});

const specification =
  (axis: FrontierAxis) =>
  (model: ReportModel, options: ChartOptions): TopLevelSpec | undefined => {
    const { theme } = options;
    const rows = frontierRows(model, { axis, options });
    if (rows.length === 0) return undefined;
    const whatIf = axis === 'mean' ? compositeRows(model) : [];
    const amounts = [
      ...rows.flatMap(({ spent, spentLow, spentHigh }) => [spent, spentLow, spentHigh]),
      ...whatIf.map(({ spent }) => spent),
    ];
    const domain = timeDomain(amounts, 1.9);
    const title = `${axisNames[axis].title} (log scale)`;
    const axes: Axes = {
      x: (isCostAxis(axis) ? costAxisX : timeAxisX)('spent', { title, domain, options }),
      y: shareAxisY('rate', 'Pass rate'),
    };
    const labelled = [...rows, ...whatIf.map((row) => ({ ...row, colour: theme.muted, opacity: 1 }))];
    return figure(options, {
      description: `Pass rate against ${title}: ${[...rows, ...whatIf].map(({ summary }) => summary).join('; ')}`,
      height: figureHeight(options),
      fit: 'fit',
      values: rows,
      layer: [
        ...groundLayers(axes, {
          rows,
          model,
          options,
          edge: domain[1],
          isMean: axis === 'mean' || axis === 'cost-per-trial',
        }),
        ...(whatIf.length === 0 ? [] : [compositeLayer(axes, { values: whatIf, theme })]),
        ...pointLayers(axes, { rows, theme }),
        ...labelLayers(labelled, { domain, options }),
      ],
    });
  };

/**
 * Accuracy against time or cost: intervals on both axes, the staircase, dominated contenders muted but kept. Over means also what mixing could reach,
 * over mean times what combining could, labelled as what it is.
 */
export const frontierChart = (axis: FrontierAxis): Chart => ({
  id: axis === 'median' ? 'frontier' : `frontier-${axis}`,
  title: 'Frontier',
  specification: specification(axis),
});
