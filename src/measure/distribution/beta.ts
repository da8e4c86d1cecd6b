import { bisect } from '../special/bisect.ts';
import { type BetaShape, incompleteBeta } from '../special/incomplete-beta.ts';

/** The x with Iₓ(α, β) = p (the p-quantile of a beta distribution), by bisection; RangeError unless 0 ≤ p ≤ 1. */
export function betaQuantile(p: number, shape: BetaShape): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability lies between 0 and 1, not at ${p}`);
  if (p === 0 || p === 1) return p;
  return bisect((x) => incompleteBeta(x, shape) - p, 0, 1);
}
