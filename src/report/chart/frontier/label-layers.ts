import { type ChartOptions, isNarrow } from '../chart.ts';
import { litOpacity } from '../picked.ts';
import { placeLabels } from './place-labels.ts';

/** A point with two lines of label; where the figure is narrow, one. */
export type LabelledRow = {
  readonly spent: number;
  readonly rate: number;
  readonly name: string;
  readonly detail: string;
  readonly colour: string;
  readonly opacity: number;
};

/** Height of the whole figure, in pixels. */
export const figureHeight = ({ width }: ChartOptions): number => Math.min(460, Math.max(340, width * 0.5));

/** About how wide a text is, in pixels: charts are drawn where no font can be measured. */
const textWidth = (text: string, size: number): number => text.length * size * 0.63;

const placesOf = (
  rows: readonly LabelledRow[],
  { domain, options }: { readonly domain: readonly [number, number]; readonly options: ChartOptions },
) => {
  const plot = { width: options.width - 56, height: figureHeight(options) - 80 };
  const scale = plot.width / Math.log(domain[1] / domain[0]);
  const narrow = isNarrow(options);
  const points = rows.map(({ spent, rate, name, detail }) => ({
    x: Math.log(spent / domain[0]) * scale,
    y: (1 - rate) * plot.height,
    width: Math.max(textWidth(name, 13), narrow ? 0 : textWidth(detail, 12)),
    height: narrow ? 17 : 32,
  }));
  return placeLabels(points, plot);
};

/** A name and a line of figures beside each point, where they hide least. */
export const labelLayers = (
  rows: readonly LabelledRow[],
  { domain, options }: { readonly domain: readonly [number, number]; readonly options: ChartOptions },
) => {
  const places = placesOf(rows, { domain, options });
  const narrow = isNarrow(options);
  return rows.flatMap((row, index) => {
    const { align, above } = places[index] ?? { align: 'left', above: true };
    const data = { values: [row] };
    const mark = { type: 'text', align, dx: align === 'left' ? 13 : -13, baseline: 'middle' };
    const place = {
      x: { field: 'spent', type: 'quantitative' },
      y: { field: 'rate', type: 'quantitative' },
      opacity: litOpacity(Math.max(0.75, row.opacity)),
    };
    const nameY = narrow ? (above ? -13 : 13) : above ? -25 : 12;
    const name = { ...mark, dy: nameY, fontSize: 13, fontWeight: 600, color: row.colour };
    const detail = { ...mark, dy: above ? -10 : 27, color: options.theme.muted };
    return [
      { data, mark: name, encoding: { ...place, text: { field: 'name' } } },
      ...(narrow ? [] : [{ data, mark: detail, encoding: { ...place, text: { field: 'detail' } } }]),
    ];
  });
};
