import type { TopLevelSpec } from 'vega-lite';
import type { SolvedCurve } from '../../../analysis/curve/solved-by-time.ts';
import { duration, durationRange, percent } from '../../format.ts';
import type { ReportModel } from '../../model.ts';
import { colourOf, said, shareAxisY, timeAxisX } from '../axes.ts';
import { type Chart, type ChartOptions, isNarrow } from '../chart.ts';
import { figure } from '../figure.ts';
import { labelOf } from '../label.ts';
import { litOpacity, picksContender } from '../picked.ts';
import { contenderColour } from '../theme.ts';
import { timeDomain } from '../time-axis.ts';
import { labelOffsets, placeCurveLabels } from './curve-labels.ts';

type Named = { readonly name: string; readonly colour: string; readonly curve: SolvedCurve };

const linesOf = (model: ReportModel, { theme }: ChartOptions): readonly Named[] =>
  model.summary.solvedByTime.curves.flatMap((curve, index) =>
    curve.curve.steps.length === 0
      ? []
      : [
          {
            name: labelOf(model, curve.contender).text,
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

/** The curves' names, each where it is not run through. */
const labelLayers = (
  lines: readonly Named[],
  { domain, options }: { domain: readonly [number, number]; options: ChartOptions },
) => {
  const axis = { low: domain[0] * 1000, high: domain[1] * 1000, width: options.width - 56 };
  const places = placeCurveLabels(
    lines.map(({ name, curve }) => ({ name, curve: curve.curve })),
    axis,
  );
  return lines.flatMap(({ name, colour }, index) => {
    const place = places[index];
    if (place === undefined) return [];
    const side = place.isLeft
      ? { align: 'right', dx: -5, dy: labelOffsets.left }
      : { align: 'left', dx: 9, dy: labelOffsets.right };
    const x = { field: 'seconds', type: 'quantitative' };
    const y = { field: 'share', type: 'quantitative' };
    return [
      {
        data: { values: [{ seconds: place.time / 1000, share: place.value, name }] },
        mark: { type: 'text', baseline: 'middle', fontSize: 13, fontWeight: 600, color: colour, ...side },
        encoding: { x, y, text: { field: 'name' }, opacity: litOpacity(1) },
      },
    ];
  });
};

const crossingLayers = (
  model: ReportModel,
  { options, names }: { options: ChartOptions; names: ReadonlyMap<string, string> },
) => {
  const { choice, solvedByTime } = model.summary;
  const rivals = [choice?.fast, choice?.right];
  const between = solvedByTime.crossings.filter(
    ({ earlier, later }) => rivals.includes(earlier) && rivals.includes(later),
  );
  const values = between.map(({ earlier, time, interval }) => ({
    seconds: time / 1000,
    low: (interval?.low ?? time) / 1000,
    high: (interval?.high ?? time) / 1000,
    text: `${names.get(earlier) ?? earlier} leads until ${duration(time)}${interval === undefined || isNarrow(options) ? '' : ` (${durationRange(interval)})`}`,
  }));
  if (values.length === 0) return [];
  const x = { field: 'seconds', type: 'quantitative' } as const;
  return [
    {
      data: { values },
      mark: { type: 'rect', aria: false, color: options.theme.ink, opacity: 0.05 },
      encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' } },
    },
    {
      data: { values },
      mark: { type: 'rule', aria: false, color: options.theme.muted, strokeDash: [2, 3] },
      encoding: { x },
    },
    {
      data: { values },
      mark: { type: 'text', align: 'right', dx: -6, baseline: 'top', color: options.theme.muted },
      encoding: { x, y: { value: 4 }, text: { field: 'text' } },
    },
  ];
};

const specification = (model: ReportModel, options: ChartOptions): TopLevelSpec | undefined => {
  const { width } = options;
  const lines = linesOf(model, options);
  if (lines.length === 0) return undefined;
  const domain = timeDomain(
    lines.flatMap(({ curve }) => curve.curve.steps.map(({ time }) => time / 1000)),
    1.3,
  );
  const names = new Map(lines.map(({ name, curve }) => [curve.contender, name]));
  const bands = lines.flatMap(({ name, colour, curve: { band } }) =>
    // As the curve, its band goes on to the right edge.
    [...band, ...band.slice(-1).map((last) => ({ ...last, time: domain[1] * 1000 }))].map(({ time, low, high }) => ({
      name,
      colour,
      seconds: time / 1000,
      low,
      high,
    })),
  );
  const labels = labelLayers(lines, { domain, options });
  const x = timeAxisX('seconds', { title: 'Agent time (log scale)', domain, options });
  const y = shareAxisY('share', 'Share of trials solved by then');
  return figure(options, {
    description: `Share of trials solved within a time: ${lines.map(({ name, curve }) => `${name} reaches ${percent(curve.curve.steps.at(-1)?.value ?? 0)}`).join('; ')}`,
    height: Math.min(400, Math.max(300, width * 0.45)),
    fit: 'fit',
    layer: [
      ...crossingLayers(model, { options, names }),
      {
        data: { values: bands },
        mark: { type: 'area', aria: false, interpolate: 'monotone' },
        encoding: {
          x,
          y: { ...y, field: 'low' },
          y2: { field: 'high' },
          color: colourOf,
          detail: { field: 'name' },
          opacity: litOpacity(0.13),
        },
      },
      {
        data: { values: lines.flatMap((line) => corners(line, domain)) },
        mark: { type: 'line', aria: false, interpolate: 'step-after', strokeWidth: 2.2 },
        encoding: { x, y, color: colourOf, detail: { field: 'name' }, opacity: litOpacity(1) },
      },
      {
        params: [...picksContender],
        data: { values: lines.flatMap((line) => corners(line, domain)) },
        mark: { type: 'point', opacity: 0, size: 120, cursor: 'pointer' },
        encoding: { x, y, ...said },
      },
      ...labels,
    ],
  });
};

/** Solved-by-time curves with bands, and the time at which the lead passes. */
export const solvedChart: Chart = { id: 'solved-by-time', title: 'Solved by time', specification };
