/** B₂ₘ / (2m(2m−1)): the coefficients of the Stirling series. */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156] as const;
/** From here on seven terms of the series are exact to double precision. */
const SERIES_FROM = 15;
const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** ln Γ(x) for x > 0: the Stirling series (DLMF 5.11.1) after moving x up with Γ(x+1) = x·Γ(x). RangeError for x ≤ 0. */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`logGamma needs a positive argument, not ${x}`);
  let product = 1;
  let shifted = x;
  while (shifted < SERIES_FROM) product *= shifted++;
  return (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LOG_TWO_PI + stirlingSeries(shifted) - Math.log(product);
}

/**
 * ln Γ(x+1) − ln(√(2πx)·(x/e)ˣ) for x > 0: what Stirling's formula misses. Small for large x, where ln Γ itself has lost its digits
 * (Loader 2000, "Fast and accurate computation of binomial probabilities").
 */
export function stirlingError(x: number): number {
  if (x >= SERIES_FROM) return stirlingSeries(x);
  return logGamma(x + 1) - (x + 0.5) * Math.log(x) + x - HALF_LOG_TWO_PI;
}

function stirlingSeries(x: number): number {
  const inverseSquare = 1 / (x * x);
  return STIRLING.reduceRight((rest, coefficient) => coefficient + rest * inverseSquare, 0) / x;
}
