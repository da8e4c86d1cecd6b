import type { Interval, SuccessCount } from '../interval/interval.ts';
import { wilsonInterval } from '../interval/wilson.ts';

/** Single yes/no outcomes of two contenders on the same tasks, cross-classified. */
export interface PairedTable {
  readonly both: number;
  readonly firstOnly: number;
  readonly secondOnly: number;
  readonly neither: number;
}

/**
 * Square-and-add interval for the difference of paired proportions: Newcombe 1998 ("Improved confidence intervals for the difference between
 * binomial proportions based on paired data"), method 10. Wilson limits of both rates, combined with a continuity-corrected φ correlation.
 */
export function newcombeInterval(table: PairedTable, confidence = 0.95): Interval {
  const { both, firstOnly, secondOnly, neither } = table;
  const n = both + firstOnly + secondOnly + neither;
  const first = limits({ successes: both + firstOnly, trials: n }, confidence);
  const second = limits({ successes: both + secondOnly, trials: n }, confidence);
  const phi = correctedPhi(table);
  const reach = (x: number, y: number) => Math.sqrt(Math.max(0, x ** 2 - 2 * phi * x * y + y ** 2));
  const difference = first.rate - second.rate;
  return { low: difference - reach(first.down, second.up), high: difference + reach(first.up, second.down) };
}

function limits(count: SuccessCount, confidence: number) {
  const rate = count.successes / count.trials;
  const { low, high } = wilsonInterval(count, confidence);
  return { rate, down: rate - low, up: high - rate };
}

/** φ with its numerator moved towards 0 by n/2 when positive; 0 when a margin is empty. */
function correctedPhi({ both: a, firstOnly: b, secondOnly: c, neither: d }: PairedTable): number {
  const margins = (a + b) * (c + d) * (a + c) * (b + d);
  if (margins === 0) return 0;
  const determinant = a * d - b * c;
  const corrected = determinant > 0 ? Math.max(0, determinant - (a + b + c + d) / 2) : determinant;
  return corrected / Math.sqrt(margins);
}
