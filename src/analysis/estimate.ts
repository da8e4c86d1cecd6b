import type { Interval } from '../measure/interval/interval.ts';

/** A value with the interval that the data do not rule out, where there are enough data for one. */
export type Estimate = { readonly value: number; readonly interval?: Interval | undefined };

/** The statistic of agent time that a frontier is drawn over. */
export const timeStatistics = ['median', 'mean', 'per-solved'] as const;

/** What a trial or a solved task costs. */
export const costStatistics = ['cost-per-trial', 'cost-per-solved'] as const;
export type CostStatistic = (typeof costStatistics)[number];

/** What pass rates are drawn against: agent time in milliseconds, or cost in US dollars. */
export const frontierAxes = [...timeStatistics, ...costStatistics] as const;
export type FrontierAxis = (typeof frontierAxes)[number];

export const isCostAxis = (axis: FrontierAxis): axis is CostStatistic => costStatistics.some((cost) => cost === axis);

/** What one contender comes to in a sample of its judged trials. */
export type ContenderPoint = { readonly passRate: number | undefined } & Readonly<
  Record<FrontierAxis, number | undefined>
>;
