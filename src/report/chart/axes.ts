import type { ChartOptions } from './chart.ts';
import { isNarrow } from './chart.ts';
import { roundTicks, timeLabel, timeTicks } from './time-axis.ts';

type LogAxis = { readonly title: string; readonly domain: readonly [number, number]; readonly options: ChartOptions };

const logAxisX = (
  field: string,
  { title, domain }: LogAxis,
  { values, labelExpr }: { readonly values: readonly number[]; readonly labelExpr: string },
) =>
  ({
    field,
    type: 'quantitative',
    scale: { type: 'log', domain: [...domain], nice: false },
    axis: { title: `${title} →`, titleAnchor: 'end', values: [...values], labelExpr, gridOpacity: 0.6 },
  }) as const;

/** A log axis of seconds with round ticks in the units that people use. */
export const timeAxisX = (field: string, axis: LogAxis) =>
  logAxisX(field, axis, { values: timeTicks(axis.domain, isNarrow(axis.options) ? 5 : 10), labelExpr: timeLabel });

/** A log axis of US dollars with ticks of the form 1, 2, 5 × 10ⁿ. */
export const costAxisX = (field: string, axis: LogAxis) =>
  logAxisX(field, axis, {
    values: roundTicks(axis.domain, isNarrow(axis.options) ? 4 : 8),
    labelExpr: "'$' + format(datum.value, '~r')",
  });

/** An axis of shares from 0 to 100%, its title lying above it. */
export const shareAxisY = (field: string, title: string) =>
  ({
    field,
    type: 'quantitative',
    scale: { domain: [0, 1] },
    axis: {
      title: `↑ ${title}`,
      titleAngle: 0,
      titleAlign: 'left',
      titleAnchor: 'end',
      titleX: 0,
      titleY: -14,
      format: '.0%',
      values: [0, 0.25, 0.5, 0.75, 1],
    },
  }) as const;

/** A colour that stands in the data itself. */
export const colourOf = { field: 'colour', type: 'nominal', scale: null } as const;

/** The sentence of a mark: shown when it is pointed at, read aloud by screen readers. */
export const said = {
  tooltip: { field: 'summary', type: 'nominal' },
  description: { field: 'summary', type: 'nominal' },
} as const;
