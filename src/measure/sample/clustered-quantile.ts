import { type Clusters, clusteredMean } from '../cluster/clustered-mean.ts';
import { binomialCdf } from '../distribution/binomial.ts';
import { normalQuantile } from '../distribution/normal.ts';
import { studentTQuantile } from '../distribution/student-t.ts';
import { elementAt } from './element-at.ts';
import { quantileOfSorted } from './quantile.ts';

/** A quantile of clustered observations with the two one-sided bounds of the same confidence. */
export interface ClusteredQuantile {
  /** Of type 7. */
  readonly value: number;
  /** "At least this much"; −Infinity where the sample is too small to say. */
  readonly lowerBound: number;
  /** "At most this much"; Infinity where the sample is too small to say: p95 at 95% needs 59 observations' worth. */
  readonly upperBound: number;
}

/**
 * Distribution-free bounds of the q-quantile of observations that come in clusters (turns by task): the share of observations below it has a
 * clustered standard error, hence an effective number of observations (Woodruff 1952), cut by (z/t)² for few clusters (Korn & Graubard 1998); the
 * bounds are the order statistics that a binomial of that number gives (David & Nagaraja, §7.1). Independent observations give exactly those of
 * {@link quantileInterval}'s tails. Undefined for an empty sample.
 */
export function clusteredQuantile(clusters: Clusters, q: number, confidence = 0.95): ClusteredQuantile | undefined {
  const sorted = Float64Array.from(clusters.flat()).sort();
  const value = quantileOfSorted(sorted, q);
  if (value === undefined) return undefined;
  const independent = independentObservations(clusters, value, confidence);
  if (independent === undefined) {
    return { value, lowerBound: Number.NEGATIVE_INFINITY, upperBound: Number.POSITIVE_INFINITY };
  }
  const scale = sorted.length / independent;
  const lowerRank = lastRank(independent, (rank) => 1 - binomialCdf(rank - 1, independent, q) >= confidence);
  const below = lastRank(independent, (rank) => binomialCdf(rank - 1, independent, q) < confidence);
  return {
    value,
    // Type 7 interpolates: in a tiny sample the order statistic can lie beyond the value.
    lowerBound:
      lowerRank === 0
        ? Number.NEGATIVE_INFINITY
        : Math.min(value, elementAt(sorted, Math.floor((lowerRank - 1) * scale))),
    // The last rank times the scale is the number of observations, but for rounding.
    upperBound:
      below === independent
        ? Number.POSITIVE_INFINITY
        : Math.max(value, elementAt(sorted, Math.min(Math.ceil((below + 1) * scale), sorted.length) - 1)),
  };
}

/** How many independent observations the clusters are worth for the share at or below a value; undefined for a single cluster. */
function independentObservations(clusters: Clusters, value: number, confidence: number): number | undefined {
  const estimate = clusteredMean(clusters.map((cluster) => cluster.map((x) => (x <= value ? 1 : 0))));
  if (estimate?.standardError === undefined) return undefined;
  const { mean: share, standardError, nClusters, nObservations } = estimate;
  const worth = standardError === 0 ? nClusters : (share * (1 - share)) / standardError ** 2;
  const kept = Math.min(Math.max(worth, nClusters), nObservations);
  const asTheyAre = nObservations === nClusters || confidence <= 0.5;
  const cut = asTheyAre ? 1 : (normalQuantile(confidence) / studentTQuantile(confidence, nClusters - 1)) ** 2;
  return Math.max(1, Math.floor(kept * cut + 1e-9));
}

/** Largest rank in 1 … n that passes a test which the smaller ones pass too; 0 if none does. */
function lastRank(n: number, passes: (rank: number) => boolean): number {
  let low = 0;
  let high = n;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (passes(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
