import type { Evidence } from './evidence.ts';

export type Sides<Value> = { readonly first: Value; readonly second: Value };

/**
 * What the first is asked to be, always so that more is better for it. `difference`: better than the second by `margin` (negative: worse by no more).
 * `factor`: on the good side of `factor` times the second.
 */
export type ContrastForm =
  | { readonly kind: 'difference'; readonly margin: number }
  | { readonly kind: 'factor'; readonly factor: number };

export type Arithmetic = Pick<Evidence, 'observed' | 'bounds' | 'method'>;

/** A comparison paired by task. */
export type Contrast = Evidence & {
  /** What `observed` is: how much better the first is, how many times better, or how much better than the factor asks. */
  readonly scale: 'difference' | 'ratio' | 'beyond-factor';
  /** The value of `observed` at which the form holds exactly. */
  readonly limit: number;
  /** Values of both sides on their common tasks. */
  readonly values: Sides<number>;
  /** Common tasks ÷ tasks of either. */
  readonly overlap: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
};

/** First and second, the better one of equal numbers first: swapped where lower is better. */
export const betterFirst = <Value>(lowerIsBetter: boolean, { first, second }: Sides<Value>): Sides<Value> =>
  lowerIsBetter ? { first: second, second: first } : { first, second };
