import type { Measurable } from '../../analysis/evidence/measurable.ts';
import type { Quantity, QuantityUnit } from './quantity.ts';

type Named = Pick<Measurable, 'name' | 'unit'>;

const seconds: Readonly<Partial<Record<QuantityUnit, number>>> = { ms: 0.001, s: 1, min: 60, h: 3600 };

/** What one unit of a quantity is worth in the metric's own unit; empty where the two do not fit. */
const scales = ({ name, unit }: Named): Readonly<Partial<Record<QuantityUnit, number>>> => {
  switch (unit) {
    case 's':
      return seconds;
    case 'ratio':
      return { '%': 0.01 };
    case 'tokens/s':
      return { 'tokens/s': 1 };
    case 'tokens':
      return { tokens: 1 };
    case 'USD':
      return { USD: 1 };
    case 'lines':
      return { lines: 1 };
    case 'files':
      return { files: 1 };
    case 'count':
      return { [name.split('_').at(-1) ?? name]: 1 };
  }
};

/** A value of the metric in its own unit (ratios 0…1, seconds); undefined where the quantity is of another kind. */
export const valueIn = ({ amount, unit }: Quantity, metric: Named): number | undefined => {
  const scale = scales(metric)[unit];
  // Divided where that is exact: 58.4% is 0.584.
  return scale === undefined ? undefined : scale < 1 ? amount / Math.round(1 / scale) : amount * scale;
};

/** A difference of two values of the metric in its own unit; between shares in points. */
export const differenceIn = (quantity: Quantity, metric: Named): number | undefined =>
  metric.unit !== 'ratio' ? valueIn(quantity, metric) : quantity.unit === 'points' ? quantity.amount / 100 : undefined;

const examples: Readonly<Record<Measurable['unit'], string>> = {
  s: '800 ms',
  ratio: '60%',
  'tokens/s': '1000 tokens/s',
  tokens: '2000 tokens',
  USD: '0.45 USD',
  lines: '40 lines',
  files: '3 files',
  count: '',
};

/** A value of the metric as one would write it. */
export const exampleOf = (metric: Named): string =>
  metric.unit === 'count' ? `30 ${Object.keys(scales(metric))[0]}` : examples[metric.unit];

/** A difference of the metric as one would write it. */
export const exampleDifferenceOf = (metric: Named): string =>
  metric.unit === 'ratio' ? '5 points' : exampleOf(metric);
