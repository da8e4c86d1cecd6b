import { twoSidedZ } from '../distribution/normal.ts';
import { checkedCount, type Interval, type SuccessCount } from './interval.ts';

/** Wilson's score interval of a proportion from k successes in n independent trials (Wilson 1927). RangeError unless 0 ≤ k ≤ n, n > 0. */
export function wilsonInterval(count: SuccessCount, confidence = 0.95): Interval {
  const { successes, trials } = checkedCount(count);
  return wilsonScore({ rate: successes / trials, size: trials, quantile: twoSidedZ(confidence) });
}

/**
 * Wilson's interval from a rate p̂, a sample size n (possibly an effective, fractional one) and the quantile z of the reference distribution:
 * (p̂ + z²/2n ± z·√(p̂(1−p̂)/n + z²/4n²)) / (1 + z²/n).
 * Exactly 0 and 1 at the ends that the data do not bound; [0, 1] for an infinite quantile.
 */
export function wilsonScore({
  rate,
  size,
  quantile,
}: {
  readonly rate: number;
  readonly size: number;
  readonly quantile: number;
}): Interval {
  if (quantile === Number.POSITIVE_INFINITY) return { low: 0, high: 1 };
  const share = quantile ** 2 / size;
  const centre = rate + share / 2;
  const halfWidth = Math.sqrt(share * (rate * (1 - rate) + share / 4));
  return {
    low: rate === 0 ? 0 : Math.max(0, (centre - halfWidth) / (1 + share)),
    high: rate === 1 ? 1 : Math.min(1, (centre + halfWidth) / (1 + share)),
  };
}
