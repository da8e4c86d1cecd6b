import { twoSidedT } from '../distribution/student-t.ts';
import type { Interval } from '../interval/interval.ts';
import { sum } from '../sample/moments.ts';

/** Observations by cluster: attempts by task, requests by trial, or attempts by repository. */
export type Clusters = readonly (readonly number[])[];

/** The mean of all observations with a standard error that knows which of them belong together. */
export interface ClusteredMean {
  readonly mean: number;
  /** √(C/(C−1) · Σ_c(Σ_{i∈c}(x_i−x̄))²) / N; undefined for a single cluster. */
  readonly standardError: number | undefined;
  /** The same without C/(C−1), as printed by Miller. */
  readonly uncorrectedStandardError: number;
  readonly nClusters: number;
  readonly nObservations: number;
}

/**
 * Clustered standard error of a mean (Miller 2024, "Adding error bars to evals", arXiv 2411.00640, appendix A), with the small-sample correction
 * C/(C−1). With equally many observations in each cluster it is exactly sd(cluster means)/√C. Empty clusters do not count; undefined if all are.
 */
export function clusteredMean(clusters: Clusters): ClusteredMean | undefined {
  const filled = clusters.filter((cluster) => cluster.length > 0);
  const nClusters = filled.length;
  if (nClusters === 0) return undefined;
  const nObservations = sum(filled.map((cluster) => cluster.length));
  const total = sum(filled.map(sum));
  const mean = total / nObservations;
  // Multiplied by N, so that 0/1 scores stay integers and clusters that do not differ give exactly 0.
  const squares = sum(filled.map((cluster) => (sum(cluster) * nObservations - cluster.length * total) ** 2));
  const uncorrectedStandardError = Math.sqrt(squares) / nObservations ** 2;
  const standardError = nClusters < 2 ? undefined : uncorrectedStandardError * Math.sqrt(nClusters / (nClusters - 1));
  return { mean, standardError, uncorrectedStandardError, nClusters, nObservations };
}

/** x̄ ± t(C−1)·SE of a {@link ClusteredMean}; undefined below two clusters. For pass rates use the pass-rate interval: this one fails near 0 and 1. */
export function clusteredMeanInterval(estimate: ClusteredMean, confidence = 0.95): Interval | undefined {
  const { mean, standardError, nClusters } = estimate;
  if (standardError === undefined) return undefined;
  const reach = twoSidedT(confidence, nClusters - 1) * standardError;
  return { low: mean - reach, high: mean + reach };
}
