import { elementAt } from './element-at.ts';

/**
 * Quantile of type 7 (Hyndman & Fan 1996; the default of R and NumPy): linear interpolation at rank (n−1)·q of the sorted sample.
 * Undefined for an empty sample; RangeError unless 0 ≤ q ≤ 1.
 */
export function quantile(values: readonly number[], q: number): number | undefined {
  return quantileOfSorted(
    values.toSorted((a, b) => a - b),
    q,
  );
}

/** {@link quantile} of a sample that is already in ascending order, for callers that need several. */
export function quantileOfSorted(sorted: ArrayLike<number>, q: number): number | undefined {
  if (!(q >= 0 && q <= 1)) throw new RangeError(`a quantile lies between 0 and 1, not at ${q}`);
  if (sorted.length === 0) return undefined;
  const rank = (sorted.length - 1) * q;
  const below = elementAt(sorted, Math.floor(rank));
  const above = elementAt(sorted, Math.ceil(rank));
  return below === above ? below : below + (rank - Math.floor(rank)) * (above - below);
}

/** The median: {@link quantile} at ½. */
export function median(values: readonly number[]): number | undefined {
  return quantile(values, 0.5);
}
