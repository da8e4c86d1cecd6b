import { duration, durationRange, number, unknown } from '../../report/format.ts';
import type { Spread } from '../spread.ts';

/** How values of one unit are written: alone, and as an interval. */
export type Writer = {
  readonly one: (value: number | undefined) => string;
  readonly range: (low: number, high: number) => string;
};

const writer = (one: (value: number) => string, range: Writer['range']): Writer => ({
  one: (value) => (value === undefined ? unknown : one(value)),
  range,
});

/** Milliseconds, in the unit that people would use. */
export const milliseconds = writer(duration, (low, high) => durationRange({ low, high }));

/** Microseconds. */
export const microseconds = writer(
  (value) => `${number(value)} µs`,
  (low, high) => `${number(low)}–${number(high)} µs`,
);

const count = (value: number): string => (Number.isInteger(value) ? value.toLocaleString('en-US') : number(value));

/** Counts: whole ones without digits behind the point. */
export const counts = writer(count, (low, high) => `${count(low)}–${count(high)}`);

/** Numbers without a unit of their own. */
export const plain = writer(number, (low, high) => `${number(low)}–${number(high)}`);

/** A median with its interval, where there is one: `152 ms (151–154 ms)`. */
export const spreadText = (
  { median, low, high }: Pick<Spread, 'median' | 'low' | 'high'>,
  { one, range }: Writer,
): string =>
  median === undefined || low === undefined || high === undefined
    ? one(median)
    : `${one(median)} (${range(low, high)})`;
