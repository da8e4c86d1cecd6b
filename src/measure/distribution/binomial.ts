import { binomialKernel } from '../special/binomial-kernel.ts';
import { incompleteBeta } from '../special/incomplete-beta.ts';

/** P(X = k) for X ~ Bin(n, p), by Loader's saddle-point form (2000). */
export function binomialProbability(k: number, n: number, p: number): number {
  return k < 0 || k > n ? 0 : binomialKernel(k, n, p);
}

/** P(X ≤ k) for X ~ Bin(n, p), as I₁₋ₚ(n−k, k+1) (DLMF 8.17.5). */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  return k >= n ? 1 : incompleteBeta(1 - p, { alpha: n - k, beta: k + 1 });
}
