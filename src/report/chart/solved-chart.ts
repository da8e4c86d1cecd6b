import type { TopLevelSpec } from 'vega-lite';
import type { SolvedCurve } from '../../analysis/solved-by-time.ts';
import { duration, percent } from '../format.ts';
import type { ReportModel } from '../model.ts';
import { sanitiseLine } from '../sanitise.ts';
import { type Chart, type ChartOptions, isNarrow } from './chart.ts';
import { chartConfig, contenderColour } from './theme.ts';
import { timeDomain, timeLabel, timeTicks } from './time-axis.ts';

type Named = { readonly name: string; readonly colour: string; readonly curve: SolvedCurve };

const linesOf = (model: ReportModel, { theme }: ChartOptions): readonly Named[] =>
  model.summary.solvedByTime.curves.flatMap((curve, index) =>
    curve.curve.steps.length === 0
      ? []
      : [
          {
            name: sanitiseLine(model.contenders[index]?.label ?? curve.contender),
            colour: contenderColour(theme, index),
            curve,
          },
        ],
  );

/** Corners of the step line from the left edge to the right one. */
const corners = ({ name, colour, curve: { curve } }: Named, [low, high]: readonly [number, number]) => {
  const steps = curve.steps.map(({ time, value }) => ({ seconds: time / 1000, share: value }));
  const last = steps.at(-1)?.share ?? 0;
  return [{ seconds: low, share: curve.initial }, ...steps, { seconds: high, share: last }].map(
    ({ seconds, share }) => ({
      name,
      colour,
      seconds,
      share,
      summary: `${name}: ${percent(share)} solved within ${duration(seconds * 1000)}`,
    }),
  );
};

/** Where a curve's label stands: beside the step that passes two thirds of its final level, where curves are furthest apart. */
const risePlace = ({ curve }: SolvedCurve): { readonly seconds: number; readonly share: number } => {
  const final = curve.steps.at(-1)?.value ?? 0;
  const step = curve.steps.find(({ value }) => value >= (final * 2) / 3) ?? curve.steps[0];
  return { seconds: (step?.time ?? 1) / 1000, share: step?.value ?? 0 };
};

/** Names left of their curves where there is room, else right below. */
const labelLayers = (
  lines: readonly Named[],
  { domain, options }: { domain: readonly [number, number]; options: ChartOptions },
) =>
  lines.map(({ name, colour, curve }) => {
    const place = risePlace(curve);
    const room = ((options.width - 56) * Math.log(place.seconds / domain[0])) / Math.log(domain[1] / domain[0]);
    const side =
      room > name.length * 8
        ? ({ align: 'right', dx: -9, dy: 0 } as const)
        : ({ align: 'left', dx: 9, dy: 14 } as const);
    return {
      data: { values: [{ ...place, name }] },
      mark: { type: 'text', baseline: 'middle', fontSize: 13, fontWeight: 600, color: colour, ...side },
      encoding: {
        x: { field: 'seconds', type: 'quantitative' },
        y: { field: 'share', type: 'quantitative' },
        text: { field: 'name' },
      },
    } as const;
  });

const crossingLayers = (
  model: ReportModel,
  { options, names }: { options: ChartOptions; names: ReadonlyMap<string, string> },
) => {
  const values = model.summary.solvedByTime.crossings.map(({ earlier, time, interval }) => ({
    seconds: time / 1000,
    low: (interval?.low ?? time) / 1000,
    high: (interval?.high ?? time) / 1000,
    text: `${names.get(earlier) ?? earlier} leads until ${duration(time)}`,
  }));
  if (values.length !== 1) return [];
  const x = { field: 'seconds', type: 'quantitative' } as const;
  return [
    {
      data: { values },
      mark: { type: 'rect', color: options.theme.ink, opacity: 0.05 },
      encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' } },
    },
    { data: { values }, mark: { type: 'rule', color: options.theme.muted, strokeDash: [2, 3] }, encoding: { x } },
    {
      data: { values },
      mark: { type: 'text', align: 'right', dx: -6, baseline: 'top', color: options.theme.muted },
      encoding: { x, y: { value: 4 }, text: { field: 'text' } },
    },
  ];
};

const specification = (model: ReportModel, options: ChartOptions): TopLevelSpec | undefined => {
  const { theme, width } = options;
  const lines = linesOf(model, options);
  if (lines.length === 0) return undefined;
  const domain = timeDomain(
    lines.flatMap(({ curve }) => curve.curve.steps.map(({ time }) => time / 1000)),
    1.3,
  );
  const names = new Map(lines.map(({ name, curve }) => [curve.contender, name]));
  const bands = lines.flatMap(({ name, colour, curve }) =>
    curve.band.map(({ time, low, high }) => ({ name, colour, seconds: time / 1000, low, high })),
  );
  const labels = labelLayers(lines, { domain, options });
  const x = {
    field: 'seconds',
    type: 'quantitative',
    scale: { type: 'log', domain: [...domain], nice: false },
    axis: {
      title: 'Agent time (log scale) →',
      titleAnchor: 'end',
      values: [...timeTicks(domain, isNarrow(options) ? 5 : 10)],
      labelExpr: timeLabel,
      gridOpacity: 0.6,
    },
  } as const;
  const y = {
    field: 'share',
    type: 'quantitative',
    scale: { domain: [0, 1] },
    axis: {
      title: '↑ Share of trials solved by then',
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
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: `Share of trials solved within a time: ${lines.map(({ name, curve }) => `${name} reaches ${percent(curve.curve.steps.at(-1)?.value ?? 0)}`).join('; ')}`,
    width,
    height: Math.min(400, Math.max(300, width * 0.45)),
    autosize: { type: 'fit', contains: 'padding' },
    config: chartConfig(theme),
    layer: [
      ...crossingLayers(model, { options, names }),
      {
        data: { values: bands },
        mark: { type: 'area', opacity: 0.13, interpolate: 'monotone' },
        encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color, detail: { field: 'name' } },
      },
      {
        data: { values: lines.flatMap((line) => corners(line, domain)) },
        mark: { type: 'line', interpolate: 'step-after', strokeWidth: 2.2 },
        encoding: { x, y, color, detail: { field: 'name' } },
      },
      {
        data: { values: lines.flatMap((line) => corners(line, domain)) },
        mark: { type: 'point', opacity: 0, size: 120 },
        encoding: { x, y, tooltip: { field: 'summary', type: 'nominal' } },
      },
      ...labels,
    ],
  } as TopLevelSpec;
};

/** Solved-by-time curves with bands, and the time at which the lead passes. */
export const solvedChart: Chart = { id: 'solved-by-time', title: 'Solved by time', specification };
