import { elementAt } from './element-at.ts';

/** Σx; 0 for an empty sample. */
export function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** Arithmetic mean Σx / n; undefined for an empty sample. */
export function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : sum(values) / values.length;
}

/** Sample covariance Σ(x−x̄)(y−ȳ) / (n−1) of two aligned samples; undefined below two pairs; RangeError if the lengths differ. */
export function covariance(x: readonly number[], y: readonly number[]): number | undefined {
  if (x.length !== y.length) throw new RangeError(`samples of ${x.length} and ${y.length} values cannot be paired`);
  const meanX = mean(x);
  const meanY = mean(y);
  if (meanX === undefined || meanY === undefined || x.length < 2) return undefined;
  return sum(x.map((value, i) => (value - meanX) * (elementAt(y, i) - meanY))) / (x.length - 1);
}

/** Sample variance Σ(x−x̄)² / (n−1), in squared units of x; undefined below two values. */
export function variance(values: readonly number[]): number | undefined {
  return covariance(values, values);
}

/** Sample standard deviation, the square root of {@link variance}; undefined below two values. */
export function standardDeviation(values: readonly number[]): number | undefined {
  const squared = variance(values);
  return squared === undefined ? undefined : Math.sqrt(squared);
}

/** Pearson correlation of two aligned samples; undefined below two pairs or when one of them does not vary. */
export function correlation(x: readonly number[], y: readonly number[]): number | undefined {
  const shared = covariance(x, y);
  const scale = (standardDeviation(x) ?? 0) * (standardDeviation(y) ?? 0);
  return shared === undefined || scale === 0 ? undefined : Math.max(-1, Math.min(1, shared / scale));
}
