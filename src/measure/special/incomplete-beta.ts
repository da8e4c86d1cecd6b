import { binomialKernel } from './binomial-kernel.ts';
import { continuedFraction } from './continued-fraction.ts';

/** The two shape parameters of a beta distribution, both positive. */
export interface BetaShape {
  readonly alpha: number;
  readonly beta: number;
}

/**
 * Regularized incomplete beta function Iₓ(α, β), 0 ≤ x ≤ 1: the continued fraction DLMF 8.17.22, on the side of the mean where it converges fast.
 * Its factor xᵅ(1−x)ᵝ/B(α,β) is αβ/(α+β) times a binomial kernel, which stays accurate for large shapes.
 */
export function incompleteBeta(x: number, shape: BetaShape): number {
  const { alpha, beta } = shape;
  if (!(x >= 0 && x <= 1 && alpha > 0 && beta > 0)) throw new RangeError(`I of ${x} with shapes ${alpha}, ${beta}`);
  if (x === 0 || x === 1) return x;
  if (x > (alpha + 1) / (alpha + beta + 2)) return 1 - lowerSide(1 - x, { alpha: beta, beta: alpha });
  return lowerSide(x, shape);
}

function lowerSide(x: number, { alpha, beta }: BetaShape): number {
  const fraction = continuedFraction(1, (n) => {
    const m = Math.floor(n / 2);
    return n % 2 === 0
      ? (m * (beta - m) * x) / ((alpha + n - 1) * (alpha + n))
      : (-(alpha + m) * (alpha + beta + m) * x) / ((alpha + n - 1) * (alpha + n));
  });
  return ((beta / (alpha + beta)) * binomialKernel(alpha, alpha + beta, x)) / fraction;
}
