import type { Measurable } from '../../analysis/evidence/measurable.ts';
import { amount, duration, number } from '../format.ts';

type Unit = Measurable['unit'];

/** Up to one decimal, none where it is 0. */
const short = (value: number): string => String(Math.round(value * 10) / 10);

/** Three significant digits, none that say nothing: `5.9x`, `15x`, `1.05x`. */
const times = (ratio: number): string => `${Number(ratio.toPrecision(3)).toLocaleString('en-US')}x`;

const texts: Readonly<Record<Unit, (value: number) => string>> = {
  ratio: (value) => `${short(value * 100)}%`,
  s: (value) => duration(value * 1000),
  'tokens/s': (value) => `${number(value)} tokens/s`,
  tokens: (value) => `${number(value)} tokens`,
  USD: (value) => `${amount(value)} USD`,
  count: number,
  lines: (value) => `${number(value)} lines`,
  files: (value) => `${number(value)} files`,
};

const comparatives: Readonly<Partial<Record<Unit, readonly [better: string, worse: string]>>> = {
  s: ['faster', 'slower'],
  'tokens/s': ['faster', 'slower'],
  USD: ['cheaper', 'dearer'],
};

/** A value of a metric with its unit. */
export const valueText = (value: number, unit: Unit): string => texts[unit](value);

/** The size of a difference of two values with its unit: points between shares. */
export const sizeText = (difference: number, unit: Unit): string =>
  unit === 'ratio' ? `${short(Math.abs(difference) * 100)} points` : valueText(Math.abs(difference), unit);

/** How much better or worse a number of the given scale is: `3.1 points worse`, `5.9x faster`. */
export const advantageText = (
  advantage: number,
  { scale, unit }: { readonly scale: 'difference' | 'ratio' | 'beyond-factor'; readonly unit: Unit },
): string => {
  const [better, worse] = comparatives[unit] ?? ['better', 'worse'];
  if (scale === 'ratio' && times(advantage) === '1x') return 'no difference';
  if (scale === 'ratio') return advantage >= 1 ? `${times(advantage)} ${better}` : `${times(1 / advantage)} ${worse}`;
  const isNothing = Math.abs(advantage) < (unit === 'ratio' ? 5e-4 : 1e-9);
  if (isNothing) return scale === 'difference' ? 'no difference' : 'exactly what is asked';
  if (scale === 'difference') return `${sizeText(advantage, unit)} ${advantage >= 0 ? better : worse}`;
  return `${sizeText(advantage, unit)} ${advantage >= 0 ? 'beyond' : 'short of'} what is asked`;
};

/** The label inside a sentence: `TTFT`, `pass rate`, `decode tokens/s`. */
export const metricText = ({ label, unit }: Measurable): string => {
  const isAcronym = /^[A-Z]{2}/.test(label);
  const text = isAcronym ? label : label.charAt(0).toLowerCase() + label.slice(1);
  return unit === 'tokens/s' ? `${text} tokens/s` : text;
};

/** `a`, `a and b`, `a, b and c`. */
export const listText = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
