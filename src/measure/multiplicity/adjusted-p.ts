import { elementAt } from '../sample/element-at.ts';

/**
 * Holm's adjusted p-values, in the order given: the running maximum of (m−i)·p₍ᵢ₊₁₎, at most 1 (Holm 1979). Rejecting those ≤ α keeps the chance of
 * any false rejection at α.
 */
export function holm(pValues: readonly number[]): number[] {
  const m = pValues.length;
  const adjusted = new Array<number>(m);
  let largest = 0;
  for (const [rank, index] of ascendingOrder(pValues).entries()) {
    largest = Math.max(largest, Math.min(1, (m - rank) * elementAt(pValues, index)));
    adjusted[index] = largest;
  }
  return adjusted;
}

/**
 * Benjamini–Hochberg adjusted p-values, in the order given: the running minimum from the top of m·p₍ᵢ₎/i (Benjamini & Hochberg 1995). Rejecting
 * those ≤ q keeps the expected share of false rejections at q.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const m = pValues.length;
  const adjusted = new Array<number>(m);
  let smallest = 1;
  for (const [fromTop, index] of ascendingOrder(pValues).reverse().entries()) {
    smallest = Math.min(smallest, (m * elementAt(pValues, index)) / (m - fromTop));
    adjusted[index] = smallest;
  }
  return adjusted;
}

function ascendingOrder(values: readonly number[]): number[] {
  return [...values.keys()].sort((a, b) => elementAt(values, a) - elementAt(values, b));
}
