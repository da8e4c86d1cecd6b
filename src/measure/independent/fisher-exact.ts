import { hypergeometricProbability } from '../distribution/hypergeometric.ts';
import type { SuccessCount } from '../interval/interval.ts';

/** Tables as likely as the observed one differ from it by rounding only. */
const ROUNDING = 1 + 1e-7;

/**
 * Two-sided p-value of Fisher's exact test for two proportions (Fisher 1935): the total probability, given the margins, of all tables that are no
 * more likely than the observed one.
 */
export function fisherExact(a: SuccessCount, b: SuccessCount): number {
  const draw = {
    marked: a.successes + b.successes,
    unmarked: a.trials + b.trials - a.successes - b.successes,
    drawn: a.trials,
  };
  const limit = hypergeometricProbability(a.successes, draw) * ROUNDING;
  let p = 0;
  for (let k = 0; k <= Math.min(draw.marked, draw.drawn); k++) {
    const probability = hypergeometricProbability(k, draw);
    if (probability <= limit) p += probability;
  }
  return Math.min(1, p);
}
