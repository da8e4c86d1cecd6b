import { stirlingError } from './log-gamma.ts';

/**
 * C(n,k)·pᵏ·(1−p)ⁿ⁻ᵏ for real 0 ≤ k ≤ n, by the saddle-point form of Loader (2000): Stirling errors and deviances instead of differences of
 * large log-gammas, so that it keeps its digits when n is large.
 */
export function binomialKernel(k: number, n: number, p: number): number {
  const q = 1 - p;
  if (p === 0) return k === 0 ? 1 : 0;
  if (q === 0) return k === n ? 1 : 0;
  if (k === 0) return Math.exp(n * Math.log1p(-p));
  if (k === n) return Math.exp(n * Math.log(p));
  const exponent =
    stirlingError(n) - stirlingError(k) - stirlingError(n - k) - deviance(k, n * p) - deviance(n - k, n * q);
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * k * (n - k)));
}

/** x·ln(x/m) + m − x, without the cancellations near x = m and near m = 0. */
function deviance(x: number, expected: number): number {
  const relative = (expected - x) / x;
  return x * (relative - (Math.abs(relative) < 0.5 ? Math.log1p(relative) : Math.log(expected / x)));
}
