import type { TopLevelSpec } from 'vega-lite';
import type { SpeedSpread, Spread } from '../../../analysis/contender/spread.ts';
import { valueText } from '../../format.ts';
import type { ReportModel } from '../../model.ts';
import { colourOf, said } from '../axes.ts';
import { type Chart, type ChartOptions, isNarrow } from '../chart.ts';
import { figure } from '../figure.ts';
import { labelOf } from '../label.ts';
import { contenderColour } from '../theme.ts';
import { roundTicks, timeDomain, timeLabel, timeTicks } from '../time-axis.ts';

const rowHeight = 46;

type Quantity = {
  readonly id: string;
  readonly title: string;
  readonly axis: string;
  readonly unit: 's' | 'tokens/s';
  readonly spread: (spreads: SpeedSpread) => Spread | undefined;
  /** From the spread's own unit to the axis's. */
  readonly scale: number;
};

const rowsOf = (quantity: Quantity, model: ReportModel, { theme }: ChartOptions) =>
  model.summary.spreads.flatMap((spreads, place) => {
    const spread = quantity.spread(spreads);
    const contender = model.summary.contenders[place]?.contender;
    if (spread === undefined || contender === undefined) return [];
    const { text, index } = labelOf(model, contender);
    const at = (value: number): number => value * quantity.scale;
    const said = (value: number): string => valueText(at(value), quantity.unit);
    const summary = `${text}: median ${said(spread.p50)}, half between ${said(spread.p25)} and ${said(spread.p75)}, p5 ${said(spread.p5)}, p95 ${said(spread.p95)}`;
    return [
      {
        name: text,
        colour: contenderColour(theme, index),
        p5: at(spread.p5),
        p25: at(spread.p25),
        p50: at(spread.p50),
        p75: at(spread.p75),
        p95: at(spread.p95),
        summary,
      },
    ];
  });

const specification =
  (quantity: Quantity) =>
  (model: ReportModel, options: ChartOptions): TopLevelSpec | undefined => {
    const rows = rowsOf(quantity, model, options).filter(({ p5 }) => p5 > 0);
    if (rows.length === 0) return undefined;
    const domain = timeDomain(
      rows.flatMap(({ p5, p95 }) => [p5, p95]),
      1.4,
    );
    const ticks =
      quantity.unit === 's'
        ? { values: [...timeTicks(domain, isNarrow(options) ? 5 : 9)], labelExpr: timeLabel }
        : { values: [...roundTicks(domain, isNarrow(options) ? 4 : 8)], format: ',~r' };
    const y = { field: 'name', type: 'nominal', sort: rows.map(({ name }) => name), axis: null } as const;
    const x = {
      type: 'quantitative',
      scale: { type: 'log', domain: [...domain], nice: false },
      axis: { title: `${quantity.axis} (log scale) →`, titleAnchor: 'end', ...ticks },
    } as const;
    const bar = (from: string, to: string, strokeWidth: number, opacity: number) => ({
      mark: { type: 'rule', strokeWidth, opacity, strokeCap: 'butt' },
      encoding: { x: { ...x, field: from }, x2: { field: to }, y, color: colourOf, ...said },
    });
    return figure(options, {
      description: `${quantity.title}: ${rows.map(({ summary }) => summary).join('; ')}`,
      height: rows.length * rowHeight,
      fit: 'fit-x',
      values: rows,
      layer: [
        bar('p5', 'p95', 2, 0.6),
        bar('p25', 'p75', 11, 0.35),
        {
          mark: { type: 'tick', thickness: 3, size: 16, orient: 'vertical' },
          encoding: { x: { ...x, field: 'p50' }, y, color: colourOf, ...said },
        },
        {
          mark: { type: 'text', align: 'left', baseline: 'middle', dy: -16, fontSize: 12, fontWeight: 600 },
          encoding: { x: { value: 0 }, y, color: colourOf, text: { field: 'name' } },
        },
      ],
    });
  };

const chartOf = (quantity: Quantity): Chart => ({
  id: quantity.id,
  title: quantity.title,
  specification: specification(quantity),
});

/** TTFT over all turns. */
export const ttftChart: Chart = chartOf({
  id: 'ttft',
  title: 'TTFT by turn',
  axis: 'TTFT',
  unit: 's',
  spread: ({ ttftMs }) => ttftMs,
  scale: 0.001,
});

/** Decode speed over trials. */
export const decodeChart: Chart = chartOf({
  id: 'decode',
  title: 'Decode speed by trial',
  axis: 'Decode tokens/s',
  unit: 'tokens/s',
  spread: ({ decodeTokensPerSecond }) => decodeTokensPerSecond,
  scale: 1,
});
