import { continuedFraction } from '../special/continued-fraction.ts';

/** Beyond this many standard deviations the tail is computed by itself instead of as a difference from ½. */
const TAIL_FROM = 1.5;

/** Density of the standard normal distribution. */
export function normalDensity(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/**
 * P(Z ≤ z) of the standard normal distribution: ½ + φ(z)·(z + z³/3 + z⁵/(3·5) + …) in the middle (Marsaglia 2004, "Evaluating the normal
 * distribution"), Laplace's continued fraction for Mills' ratio in the tails (DLMF 7.9.1).
 */
export function normalCdf(z: number): number {
  if (z > TAIL_FROM) return 1 - upperTail(z);
  if (z < -TAIL_FROM) return upperTail(-z);
  let total = z;
  let term = z;
  for (let odd = 3; Math.abs(term) > Number.EPSILON * 1e-3 * Math.abs(total); odd += 2) {
    term *= (z * z) / odd;
    total += term;
  }
  return 0.5 + normalDensity(z) * total;
}

function upperTail(z: number): number {
  if (z === Number.POSITIVE_INFINITY) return 0;
  return normalDensity(z) / continuedFraction(z, (n) => n);
}

/**
 * The z with P(Z ≤ z) = p: Newton's steps on the smaller tail from the rational start of Abramowitz & Stegun 26.2.23.
 * ±Infinity at p = 0 and 1; RangeError outside.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability lies between 0 and 1, not at ${p}`);
  if (p > 0.5) return p === 1 ? Number.POSITIVE_INFINITY : tailQuantile(1 - p);
  if (p === 0) return Number.NEGATIVE_INFINITY;
  return p === 0.5 ? 0 : -tailQuantile(p);
}

/** The z > 0 with P(Z ≥ z) = tail, for a tail of at most ½. */
function tailQuantile(tail: number): number {
  const t = Math.sqrt(-2 * Math.log(tail));
  let z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (let step = 0; step < 4; step++) z += (normalCdf(-z) - tail) / normalDensity(z);
  return z;
}

/** The z of a two-sided interval: the (1 + confidence)/2 quantile, 1.96 for 0.95. */
export function twoSidedZ(confidence: number): number {
  return normalQuantile((1 + confidence) / 2);
}
