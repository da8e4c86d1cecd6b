const TINY = 1e-300;
const MAXIMUM_TERMS = 100_000;

/**
 * Value of b + a₁/(b + a₂/(b + a₃/(b + …))), to the last bit or so, by the modified Lentz recurrence (Thompson & Barnett 1986).
 * RangeError if it does not settle, which a caller inside the fraction's domain never sees.
 */
export function continuedFraction(b: number, numerator: (n: number) => number): number {
  let value = b;
  let c = b;
  let d = 0;
  for (let n = 1; n <= MAXIMUM_TERMS; n++) {
    const a = numerator(n);
    d = 1 / awayFromZero(b + a * d);
    c = awayFromZero(b + a / c);
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) <= Number.EPSILON) return value;
  }
  throw new RangeError('continued fraction does not converge');
}

function awayFromZero(x: number): number {
  return Math.abs(x) < TINY ? TINY : x;
}
