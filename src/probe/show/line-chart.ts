import type { TopLevelSpec } from 'vega-lite';
import { colourOf, said } from '../../report/chart/axes.ts';
import type { ChartOptions } from '../../report/chart/chart.ts';
import { figure } from '../../report/chart/figure.ts';
import { contenderColour } from '../../report/chart/theme.ts';

/** One line of a chart: its name at its end, its points with the interval of each, as far as known. */
export type Series = {
  readonly name: string;
  readonly points: readonly {
    readonly x: number;
    readonly y: number;
    readonly low?: number | undefined;
    readonly high?: number | undefined;
  }[];
};

export type LineChartParts = {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly series: readonly Series[];
};

const height = 300;

const rowsOf = ({ series, x: xTitle, y: yTitle }: LineChartParts, { theme }: ChartOptions) =>
  series.flatMap(({ name, points }, index) =>
    points.map(({ x, y, low = y, high = y }, place) => ({
      x,
      y,
      low,
      high,
      name: place === points.length - 1 ? name : '',
      line: name,
      colour: contenderColour(theme, index),
      summary: `${name}: ${yTitle} ${y.toPrecision(3)} at ${xTitle} ${x}`,
    })),
  );

/** Lines over a logarithmic axis of sizes or numbers, an interval at each point. */
export const lineChart =
  (parts: LineChartParts) =>
  (options: ChartOptions): TopLevelSpec => {
    const rows = rowsOf(parts, options);
    const sizes = [...new Set(rows.map(({ x }) => x))].sort((left, right) => left - right);
    const x = {
      field: 'x',
      type: 'quantitative',
      scale: { type: 'log', nice: false, padding: 40 },
      axis: { title: `${parts.x} →`, titleAnchor: 'end', values: sizes, format: ',d' },
    } as const;
    const axis = {
      title: `↑ ${parts.y}`,
      titleAngle: 0,
      titleAlign: 'left',
      titleAnchor: 'end',
      titleX: 0,
      titleY: -14,
    };
    const y = { field: 'y', type: 'quantitative', scale: { zero: true }, axis } as const;
    const encoding = { x, y, color: colourOf, detail: { field: 'line' } };
    const label = { type: 'text', align: 'right', dx: -10, dy: -12, fontSize: 13, fontWeight: 600 };
    return figure(options, {
      description: `${parts.title}: ${rows.map(({ summary }) => summary).join('; ')}`,
      height,
      fit: 'fit',
      values: rows,
      above: 24,
      layer: [
        { mark: { type: 'line', strokeWidth: 1.5 }, encoding },
        {
          mark: { type: 'rule', strokeWidth: 2, opacity: 0.5 },
          encoding: { ...encoding, y: { ...y, field: 'low' }, y2: { field: 'high' } },
        },
        { mark: { type: 'point', filled: true, size: 70 }, encoding: { ...encoding, ...said } },
        { mark: label, encoding: { ...encoding, text: { field: 'name' } } },
      ],
    });
  };
