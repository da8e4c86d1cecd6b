import { betaQuantile } from '../distribution/beta.ts';
import { checkedCount, type Interval, type SuccessCount } from './interval.ts';

/**
 * "Exact" interval of a proportion, which covers at least as often as it says (Clopper & Pearson 1934):
 * Beta(α/2; k, n−k+1) to Beta(1−α/2; k+1, n−k), 0 at k = 0 and 1 at k = n.
 */
export function clopperPearsonInterval(count: SuccessCount, confidence = 0.95): Interval {
  const { successes, trials } = checkedCount(count);
  const failures = trials - successes;
  const tail = (1 - confidence) / 2;
  return {
    low: successes === 0 ? 0 : betaQuantile(tail, { alpha: successes, beta: failures + 1 }),
    high: failures === 0 ? 1 : betaQuantile(1 - tail, { alpha: successes + 1, beta: failures }),
  };
}

/**
 * Equal-tailed credible interval under Jeffreys' prior, Beta(k+½, n−k+½), with 0 at k = 0 and 1 at k = n
 * (Brown, Cai & DasGupta 2001, "Interval estimation for a binomial proportion").
 */
export function jeffreysInterval(count: SuccessCount, confidence = 0.95): Interval {
  const { successes, trials } = checkedCount(count);
  const shape = { alpha: successes + 0.5, beta: trials - successes + 0.5 };
  const tail = (1 - confidence) / 2;
  return {
    low: successes === 0 ? 0 : betaQuantile(tail, shape),
    high: successes === trials ? 1 : betaQuantile(1 - tail, shape),
  };
}
