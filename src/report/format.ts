import type { Unit } from '../measure/catalogue/metric.ts';
import type { Interval } from '../measure/interval/interval.ts';

/** What stands where nothing is known. */
export const unknown = '–';

/** By number of decimals; made once, since making one takes longer than using it a thousand times. */
const formats = [0, 1, 2, 3].map(
  (digits) => new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits }),
);

const grouped = (value: number, digits: 0 | 1 | 2 | 3): string => formats[digits]?.format(value) ?? String(value);

/** Three significant digits, thousands grouped: 0.0314, 4.12, 68.3, 1,012. */
export const number = (value: number): string => {
  const size = Math.abs(value);
  if (size === 0) return '0';
  return grouped(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
};

/** A duration of milliseconds in the unit that people would use: 840 ms, 9.1 s, 41 s, 15.8 min, 2.4 h. */
export const duration = (ms: number): string => {
  if (ms === 0) return '0 s';
  if (ms < 10) return `${grouped(ms, ms < 1 ? 2 : 1)} ms`;
  if (ms < 999.5) return `${grouped(ms, 0)} ms`;
  if (ms < 119_500) return `${grouped(ms / 1000, ms < 9_950 ? 1 : 0)} s`;
  if (ms < 7_200_000) return `${grouped(ms / 60_000, 1)} min`;
  return `${grouped(ms / 3_600_000, 1)} h`;
};

/** A ratio as whole per cent. */
export const percent = (ratio: number): string => `${grouped(ratio * 100, 0)}%`;

/** A difference of two ratios in percentage points, with its sign. */
export const points = (difference: number): string => {
  const rounded = Math.round(difference * 100);
  return `${rounded > 0 ? '+' : rounded < 0 ? '−' : '±'}${Math.abs(rounded)}`;
};

/** An interval of ratios without per cent signs: 47–74. */
export const percentRange = ({ low, high }: Interval): string => `${grouped(low * 100, 0)}–${grouped(high * 100, 0)}`;

/** Three significant digits however small: 0.000315, 0.0421, 4.12, 1,012. */
export const amount = (value: number): string => {
  const rounded = Number(value.toPrecision(3));
  if (rounded === 0 || Math.abs(value) >= 1) return number(value);
  return rounded.toFixed(Math.min(20, 2 - Math.floor(Math.log10(Math.abs(rounded)))));
};

/** US dollars as an {@link amount}: $0.0421. */
export const dollars = (usd: number): string => `$${amount(usd)}`;

/** An interval of amounts: $0.0031–0.0042. */
export const dollarsRange = ({ low, high }: Interval): string => `$${amount(low)}–${amount(high)}`;

/** An interval of durations: 7.9–11 s; both units where they differ. */
export const durationRange = ({ low, high }: Interval): string => {
  const [from, to] = [duration(low), duration(high)];
  const unit = to.slice(to.indexOf(' '));
  return `${from.endsWith(unit) ? from.slice(0, -unit.length) : from}–${to}`;
};

const byUnit: Readonly<Record<Unit, (value: number) => string>> = {
  s: (value) => duration(value * 1000),
  'tokens/s': number,
  tokens: (value) => grouped(value, 0),
  ratio: percent,
  count: (value) => (Number.isInteger(value) ? grouped(value, 0) : grouped(value, 1)),
  lines: (value) => grouped(value, value < 10 && !Number.isInteger(value) ? 1 : 0),
  files: (value) => (Number.isInteger(value) ? grouped(value, 0) : grouped(value, 1)),
  USD: dollars,
};

/** A published value as text in its unit; a dash where it is unknown. */
export const valueText = (value: number | undefined, unit: Unit): string =>
  value === undefined ? unknown : byUnit[unit](value);
