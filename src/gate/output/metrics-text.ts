import { measurables } from '../../analysis/evidence/measurables.ts';
import { exampleOf } from '../file/units.ts';

const goodWords = {
  higher: 'higher is better',
  lower: 'lower is better',
  neither: 'neither better nor worse',
} as const;

/** Every metric that a gate can name: how a value of it is written, which way is better, and its formula. */
export const metricsText = (): string =>
  measurables()
    .map((metric) => {
      const { name, better, formula } = metric;
      return `${name}\n    written like ${exampleOf(metric)}; ${goodWords[better]}\n    ${formula}\n`;
    })
    .join('');
