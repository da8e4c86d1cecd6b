import { type FrontierAxis, isCostAxis } from '../../../analysis/estimate.ts';
import type { Interval } from '../../../measure/interval/interval.ts';
import { dollars, dollarsRange, duration, durationRange } from '../../format.ts';

/** How a frontier's axis is called, in reading order. */
export const axisNames: Readonly<Record<FrontierAxis, { readonly choice: string; readonly title: string }>> = {
  median: { choice: 'Median', title: 'Agent time, median' },
  mean: { choice: 'Mean', title: 'Agent time, mean' },
  'per-solved': { choice: 'Per solved task', title: 'Agent time per solved task' },
  'cost-per-trial': { choice: 'Per trial', title: 'Cost per trial' },
  'cost-per-solved': { choice: 'Per solved task', title: 'Cost per solved task' },
};

/** The axis that a metric of the catalogue stands on, and has its interval from. */
export const axisOfMetric: Readonly<Record<string, FrontierAxis>> = {
  agent_time_median_s: 'median',
  agent_time_mean_s: 'mean',
  time_per_solved_s: 'per-solved',
  cost_per_trial_usd: 'cost-per-trial',
  cost_per_solved_usd: 'cost-per-solved',
};

/** A value of an axis (milliseconds, or US dollars) as text. */
export const spentText = (axis: FrontierAxis, value: number): string =>
  isCostAxis(axis) ? dollars(value) : duration(value);

/** The same with its preposition: `in 41 s`, `for $0.012`. */
export const spentPhrase = (axis: FrontierAxis, value: number): string =>
  `${isCostAxis(axis) ? 'for' : 'in'} ${spentText(axis, value)}`;

export const spentRange = (axis: FrontierAxis, interval: Interval): string =>
  isCostAxis(axis) ? dollarsRange(interval) : durationRange(interval);

/** A value of an axis in its published unit: seconds, or US dollars. */
export const published = (axis: FrontierAxis, value: number): number => (isCostAxis(axis) ? value : value / 1000);
