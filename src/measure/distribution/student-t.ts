import { bisect } from '../special/bisect.ts';
import { incompleteBeta } from '../special/incomplete-beta.ts';

/**
 * P(T ≤ t) of Student's t distribution with ν > 0 degrees of freedom, from the incomplete beta function (Abramowitz & Stegun 26.7.1): the tail
 * ½·I_{ν/(ν+t²)}(ν/2, ½), or, near 0, its complement ½·I_{t²/(ν+t²)}(½, ν/2).
 */
export function studentTCdf(t: number, degreesOfFreedom: number): number {
  if (t > 0) return 1 - studentTCdf(-t, degreesOfFreedom);
  const square = t * t;
  if (square === Number.POSITIVE_INFINITY) return 0;
  const half = degreesOfFreedom / 2;
  if (square < degreesOfFreedom) {
    return 0.5 - 0.5 * incompleteBeta(square / (degreesOfFreedom + square), { alpha: 0.5, beta: half });
  }
  return 0.5 * incompleteBeta(degreesOfFreedom / (degreesOfFreedom + square), { alpha: half, beta: 0.5 });
}

/** The t with P(T ≤ t) = p, by bisection of {@link studentTCdf}; ±Infinity at p = 0 and 1; RangeError outside. */
export function studentTQuantile(p: number, degreesOfFreedom: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability lies between 0 and 1, not at ${p}`);
  if (p > 0.5) return -studentTQuantile(1 - p, degreesOfFreedom);
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p === 0.5) return 0;
  let far = -1;
  while (studentTCdf(far, degreesOfFreedom) > p) far *= 2;
  return bisect((t) => studentTCdf(t, degreesOfFreedom) - p, far, 0);
}

/**
 * The t of a two-sided interval: the (1 + confidence)/2 quantile. Infinite with no degree of freedom left: one unit says nothing about how units vary.
 */
export function twoSidedT(confidence: number, degreesOfFreedom: number): number {
  return degreesOfFreedom > 0 ? studentTQuantile((1 + confidence) / 2, degreesOfFreedom) : Number.POSITIVE_INFINITY;
}
