import type { TopLevelSpec } from 'vega-lite';
import type { TimeStatistic } from '../../analysis/estimate.ts';
import type { PlacedContender } from '../../analysis/frontier.ts';
import { duration, percent, valueText } from '../format.ts';
import type { ReportModel } from '../model.ts';
import { sanitiseLine } from '../sanitise.ts';
import { type Chart, type ChartOptions, isNarrow } from './chart.ts';
import { placeLabels } from './place-labels.ts';
import { chartConfig, contenderColour } from './theme.ts';
import { timeDomain, timeLabel, timeTicks } from './time-axis.ts';

const axisTitle: Readonly<Record<TimeStatistic, string>> = {
  median: 'Agent time, median (log scale)',
  mean: 'Agent time, mean (log scale)',
  'per-solved': 'Agent time per solved task (log scale)',
};

const tierShapes = {
  'wafer-scale': 'circle',
  gpu: 'square',
  cpu: 'triangle-up',
  mixed: 'diamond',
  unknown: 'cross',
} as const;

type Row = {
  readonly name: string;
  readonly detail: string;
  readonly tier: string;
  readonly colour: string;
  readonly seconds: number;
  readonly secondsLow: number;
  readonly secondsHigh: number;
  readonly rate: number;
  readonly rateLow: number;
  readonly rateHigh: number;
  readonly onFrontier: boolean;
  readonly summary: string;
};

const rowOf = (placed: PlacedContender, { model, options }: { model: ReportModel; options: ChartOptions }): Row => {
  const index = model.contenders.findIndex(({ name }) => name === placed.contender);
  const contender = model.contenders[index];
  const { value, interval } = placed.time;
  const metrics = model.summary.contenders[index]?.metrics ?? {};
  const name = sanitiseLine(contender?.label ?? placed.contender);
  const speed = metrics.decode_tokens_per_s;
  return {
    name,
    detail: `${percent(placed.passRate)} in ${duration(value)}${speed === undefined || isNarrow(options) ? '' : ` at ${valueText(speed, 'tokens/s')} tokens/s`}`,
    tier: contender?.tier ?? 'unknown',
    colour: contenderColour(options.theme, index),
    seconds: value / 1000,
    secondsLow: (interval?.low ?? value) / 1000,
    secondsHigh: (interval?.high ?? value) / 1000,
    rate: placed.passRate,
    rateLow: placed.passRateInterval.low,
    rateHigh: placed.passRateInterval.high,
    onFrontier: placed.onFrontier,
    summary: `${name}: ${percent(placed.passRate)} in ${duration(value)}${placed.onFrontier ? '' : ', dominated'}`,
  };
};

/** The staircase as corners of a step-after line, continued to the right edge: what is attainable within a time. */
const staircase = (rows: readonly Row[], edge: number): readonly { seconds: number; rate: number }[] => {
  const front = rows.filter(({ onFrontier }) => onFrontier).map(({ seconds, rate }) => ({ seconds, rate }));
  const last = front.at(-1);
  return last === undefined ? [] : [...front, { seconds: edge, rate: last.rate }];
};

const plotHeight = ({ width }: ChartOptions): number => Math.min(440, Math.max(320, width * 0.5));

/** About how wide a text is, in pixels: charts are drawn where no font can be measured. */
const textWidth = (text: string, size: number): number => text.length * size * 0.58;

const labelLayers = (
  rows: readonly Row[],
  { domain, options }: { domain: readonly [number, number]; options: ChartOptions },
) => {
  const plot = { width: options.width - 56, height: plotHeight(options) - 80 };
  const scale = plot.width / Math.log(domain[1] / domain[0]);
  const placed = placeLabels(
    rows.map(({ seconds, rate, name, detail }) => ({
      x: Math.log(seconds / domain[0]) * scale,
      y: (1 - rate) * plot.height,
      width: Math.max(textWidth(name, 13), textWidth(detail, 12)),
      height: 32,
    })),
    plot,
  );
  return rows.flatMap((row, index) => {
    const { align, above } = placed[index] ?? { align: 'left', above: true };
    const data = { values: [row] };
    const base = {
      type: 'text',
      align,
      dx: align === 'left' ? 13 : -13,
      baseline: 'middle',
      opacity: row.onFrontier ? 1 : 0.65,
    } as const;
    const place = {
      x: { field: 'seconds', type: 'quantitative' },
      y: { field: 'rate', type: 'quantitative' },
    } as const;
    return [
      {
        data,
        mark: { ...base, dy: above ? -25 : 12, fontSize: 13, fontWeight: 600, color: row.colour },
        encoding: { ...place, text: { field: 'name' } },
      },
      {
        data,
        mark: { ...base, dy: above ? -10 : 27, color: options.theme.muted },
        encoding: { ...place, text: { field: 'detail' } },
      },
    ];
  });
};

const specification =
  (statistic: TimeStatistic) =>
  (model: ReportModel, options: ChartOptions): TopLevelSpec | undefined => {
    const { theme, width } = options;
    const rows = model.summary.frontiers[statistic].placed.map((placed) => rowOf(placed, { model, options }));
    if (rows.length === 0) return undefined;
    const domain = timeDomain(
      rows.flatMap(({ seconds, secondsLow, secondsHigh }) => [seconds, secondsLow, secondsHigh]),
      1.9,
    );
    const steps = staircase(rows, domain[1]);
    const x = {
      field: 'seconds',
      type: 'quantitative',
      scale: { type: 'log', domain: [...domain], nice: false },
      axis: {
        title: `${axisTitle[statistic]} →`,
        titleAnchor: 'end',
        values: [...timeTicks(domain, isNarrow(options) ? 5 : 10)],
        labelExpr: timeLabel,
        gridOpacity: 0.6,
      },
    } as const;
    const y = {
      field: 'rate',
      type: 'quantitative',
      scale: { domain: [0, 1] },
      axis: {
        title: '↑ Pass rate',
        titleAngle: 0,
        titleAlign: 'left',
        titleAnchor: 'end',
        titleX: 0,
        titleY: -14,
        format: '.0%',
        values: [0, 0.25, 0.5, 0.75, 1],
      },
    } as const;
    const color = { field: 'colour', type: 'nominal', scale: null } as const;
    const opacity = { condition: { test: 'datum.onFrontier', value: 0.75 }, value: 0.3 };
    const tooltip = { field: 'summary', type: 'nominal' } as const;
    const tiers = [...new Set(rows.map(({ tier }) => tier))].sort();
    const shape = {
      field: 'tier',
      type: 'nominal',
      scale: { domain: tiers, range: tiers.map((tier) => tierShapes[tier as keyof typeof tierShapes] ?? 'cross') },
      legend: { title: null, orient: 'bottom', offset: 4, symbolSize: 90 },
    } as const;
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: `Pass rate against ${axisTitle[statistic]}: ${rows.map(({ summary }) => summary).join('; ')}`,
      width,
      height: plotHeight(options),
      autosize: { type: 'fit', contains: 'padding' },
      config: chartConfig(theme),
      data: { values: rows },
      layer: [
        {
          data: { values: [...steps] },
          mark: { type: 'area', interpolate: 'step-after', color: theme.ink, opacity: 0.045 },
          encoding: { x, y },
        },
        {
          data: { values: [...steps] },
          mark: {
            type: 'line',
            interpolate: 'step-after',
            color: theme.muted,
            strokeWidth: 1.5,
            strokeDash: [1, 3],
            strokeCap: 'round',
          },
          encoding: { x, y },
        },
        {
          mark: { type: 'rule', strokeWidth: 2.5, strokeCap: 'round' },
          encoding: { x: { ...x, field: 'secondsLow' }, x2: { field: 'secondsHigh' }, y, color, opacity, tooltip },
        },
        {
          mark: { type: 'rule', strokeWidth: 2.5, strokeCap: 'round' },
          encoding: { x, y: { ...y, field: 'rateLow' }, y2: { field: 'rateHigh' }, color, opacity, tooltip },
        },
        {
          mark: { type: 'point', filled: true, size: 190, stroke: theme.surface, strokeWidth: 1.5 },
          encoding: {
            x,
            y,
            color,
            shape,
            tooltip,
            opacity: { condition: { test: 'datum.onFrontier', value: 1 }, value: 0.4 },
          },
        },
        ...labelLayers(rows, { domain, options }),
      ],
    } as TopLevelSpec;
  };

/** Accuracy against time: intervals on both axes, the staircase, dominated contenders muted but kept. */
export const frontierChart = (statistic: TimeStatistic): Chart => ({
  id: statistic === 'median' ? 'frontier' : `frontier-${statistic}`,
  title: 'Frontier',
  specification: specification(statistic),
});
