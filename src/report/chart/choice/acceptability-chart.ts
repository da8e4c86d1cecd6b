import type { TopLevelSpec } from 'vega-lite';
import { duration, percent } from '../../format.ts';
import type { ReportModel } from '../../model.ts';
import { colourOf, said, shareAxisY, timeAxisX } from '../axes.ts';
import { type Chart, type ChartOptions, isNarrow } from '../chart.ts';
import { figure } from '../figure.ts';
import { labelOf } from '../label.ts';
import { litOpacity, picksContender } from '../picked.ts';
import { contenderColour } from '../theme.ts';

const rowsOf = (model: ReportModel, { theme }: ChartOptions) =>
  model.summary.contenders.flatMap(({ contender }, place) => {
    const { text, index } = labelOf(model, contender);
    return model.summary.acceptability.curve.map(({ willingnessMs, shares }) => {
      const share = shares[place] ?? 0;
      return {
        name: text,
        colour: contenderColour(theme, index),
        seconds: willingnessMs / 1000,
        share,
        summary: `${text} is best in ${percent(share)} of resamples at ${duration(willingnessMs)} a solved task`,
      };
    });
  });

type Rows = ReturnType<typeof rowsOf>;

/** Where each curve is highest, for its label; contenders that are never best get none. */
const peaks = (rows: Rows, narrow: boolean) =>
  [...Map.groupBy(rows, ({ name }) => name).values()].flatMap((curve) => {
    const peak = curve.reduce((best, row) => (row.share > best.share ? row : best));
    const place = curve.indexOf(peak) / curve.length;
    const align = place < 0.25 ? 'left' : place > 0.75 ? 'right' : 'center';
    const dx = align === 'left' ? 4 : align === 'right' ? -4 : 0;
    return peak.share < 0.2 ? [] : [{ ...peak, align, dx, size: narrow ? 12 : 13 }];
  });

const specification = (model: ReportModel, options: ChartOptions): TopLevelSpec | undefined => {
  const { width } = options;
  const rows = rowsOf(model, options);
  const times = rows.map(({ seconds }) => seconds);
  if (rows.length === 0 || model.summary.contenders.length < 2) return undefined;
  const domain: readonly [number, number] = [Math.min(...times), Math.max(...times)];
  const x = timeAxisX('seconds', { title: 'Time I would wait for one more solved task (log scale)', domain, options });
  const y = shareAxisY('share', 'Probability of being best');
  return figure(options, {
    description: 'Probability of being the best choice against the time one would wait for one more solved task',
    height: Math.min(300, Math.max(240, width * 0.34)),
    fit: 'fit',
    values: rows,
    layer: [
      {
        mark: { type: 'line', aria: false, strokeWidth: 2.2, interpolate: 'monotone' },
        encoding: { x, y, color: colourOf, detail: { field: 'name' }, opacity: litOpacity(1) },
      },
      {
        params: [...picksContender],
        mark: { type: 'point', opacity: 0, size: 120, cursor: 'pointer' },
        encoding: { x, y, ...said },
      },
      ...peaks(rows, isNarrow(options)).map(({ align, dx, size, ...row }) => ({
        data: { values: [row] },
        mark: {
          type: 'text',
          align,
          dx,
          // On the right a curve that rises to the top would run through what stands below it.
          dy: row.share > 0.9 && align !== 'right' ? 14 : -12,
          baseline: 'middle',
          fontSize: size,
          fontWeight: 600,
        },
        encoding: { x, y, color: colourOf, text: { field: 'name' }, opacity: litOpacity(1) },
      })),
    ],
  });
};

/** Which contender is the best choice, by how long one would wait. */
export const acceptabilityChart: Chart = { id: 'acceptability', title: 'Worth the wait', specification };
