import type { Interval } from '../../../../src/measure/interval/interval.ts';

/** The numbers in a key such as "b=12,c=5" or "t_0.975_df88", in order. */
export function numbersIn(key: string): number[] {
  return [...key.matchAll(/\d*\.?\d+/g)].map(([digits]) => Number(digits));
}

/** The numbers in a key by the name before their equals sign. */
export function parametersIn(key: string): Record<string, number> {
  return Object.fromEntries([...key.matchAll(/(\w+)=(\d*\.?\d+)/g)].map(([, name, digits]) => [name, Number(digits)]));
}

/** An interval as a pair. */
export function ends(interval: Interval | undefined): number[] {
  return interval === undefined ? [] : [interval.low, interval.high];
}
