import { twoSidedT } from '../distribution/student-t.ts';
import type { Interval } from '../interval/interval.ts';
import { elementAt } from '../sample/element-at.ts';
import { mean, sum } from '../sample/moments.ts';

/**
 * Σ numerators ÷ Σ denominators: tokens per second over several calls, where the mean of ratios would weigh a short call like a long one. Undefined
 * when the denominators sum to 0.
 */
export function ratioOfSums(numerators: readonly number[], denominators: readonly number[]): number | undefined {
  if (numerators.length !== denominators.length) throw new RangeError('numerators and denominators do not align');
  const total = sum(denominators);
  return total === 0 ? undefined : sum(numerators) / total;
}

/** A ratio of sums with two standard errors that agree when the sample is large enough. */
export interface RatioEstimate {
  readonly ratio: number;
  /** √(n/(n−1)·Σ(yᵢ−R·xᵢ)²) / Σx; undefined below two units. */
  readonly deltaStandardError: number | undefined;
  /** Ratios with one unit left out; undefined below two units or if any of those ratios is undefined. */
  readonly jackknife: { readonly mean: number; readonly standardError: number } | undefined;
  readonly nUnits: number;
}

/**
 * Ratio estimate over independent units (tasks, with the totals of their attempts): linearization (Cochran 1977, "Sampling techniques", §6.4) and
 * jackknife √((n−1)/n·Σ(R₍ᵢ₎−R̄)²) (Quenouille, Tukey; Miller 1974). Undefined when the denominators sum to 0.
 */
export function ratioEstimate(
  numerators: readonly number[],
  denominators: readonly number[],
): RatioEstimate | undefined {
  const ratio = ratioOfSums(numerators, denominators);
  if (ratio === undefined) return undefined;
  const n = numerators.length;
  const residuals = numerators.map((y, i) => (y - ratio * elementAt(denominators, i)) ** 2);
  return {
    ratio,
    deltaStandardError: n < 2 ? undefined : Math.sqrt((n / (n - 1)) * sum(residuals)) / sum(denominators),
    jackknife: jackknife(numerators, denominators),
    nUnits: n,
  };
}

function jackknife(numerators: readonly number[], denominators: readonly number[]): RatioEstimate['jackknife'] {
  const n = numerators.length;
  const without = (values: readonly number[], left: number) => values.filter((_, i) => i !== left);
  const all = numerators.map((_, i) => ratioOfSums(without(numerators, i), without(denominators, i)));
  const ratios = all.filter((ratio) => ratio !== undefined);
  const centre = mean(ratios);
  if (centre === undefined || n < 2 || ratios.length < n) return undefined;
  return { mean: centre, standardError: Math.sqrt(((n - 1) / n) * sum(ratios.map((ratio) => (ratio - centre) ** 2))) };
}

/** R ± t(n−1)·SE of a {@link RatioEstimate} by its delta-method error; undefined below two units. */
export function ratioInterval(estimate: RatioEstimate, confidence = 0.95): Interval | undefined {
  const { ratio, deltaStandardError, nUnits } = estimate;
  if (deltaStandardError === undefined) return undefined;
  const reach = twoSidedT(confidence, nUnits - 1) * deltaStandardError;
  return { low: ratio - reach, high: ratio + reach };
}
