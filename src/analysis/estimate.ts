import type { Interval } from '../measure/interval/interval.ts';

/** A value with the interval that the data do not rule out, where there are enough data for one. */
export type Estimate = { readonly value: number; readonly interval?: Interval | undefined };

/** The statistic of agent time that a frontier is drawn over. */
export const timeStatistics = ['median', 'mean', 'per-solved'] as const;
export type TimeStatistic = (typeof timeStatistics)[number];

/** What one contender comes to in a sample of its judged trials; times in milliseconds. */
export type ContenderPoint = { readonly passRate: number | undefined } & Readonly<
  Record<TimeStatistic, number | undefined>
>;
