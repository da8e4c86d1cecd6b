import { mean } from '../../measure/sample/moments.ts';
import { quantile } from '../../measure/sample/quantile.ts';

/** What is taken of many values. */
export type Statistic = 'mean' | 'min' | 'max' | { readonly quantile: number };

/** `mean`, `median`, `min`, `max`, `p95`, `p99.5`; undefined for any other word. */
export const statisticOf = (word: string): Statistic | undefined => {
  if (word === 'mean' || word === 'min' || word === 'max') return word;
  if (word === 'median') return { quantile: 0.5 };
  const match = /^p(\d{1,2}(?:\.\d+)?)$/.exec(word);
  const percent = Number(match?.[1] ?? 0);
  return percent > 0 ? { quantile: percent / 100 } : undefined;
};

/** The statistic of a sample; undefined for an empty one. */
export const statisticIn = (values: readonly number[], statistic: Statistic): number | undefined => {
  if (values.length === 0) return undefined;
  if (statistic === 'mean') return mean(values);
  if (statistic === 'min') return values.reduce((least, value) => Math.min(least, value));
  if (statistic === 'max') return values.reduce((most, value) => Math.max(most, value));
  return quantile(values, statistic.quantile);
};
