import { sum } from '../sample/moments.ts';
import type { Clusters } from './clustered-mean.ts';

/** One-way analysis of variance of observations in clusters. */
export interface VarianceComponents {
  /** Mean squares between and within clusters. */
  readonly meanSquareBetween: number;
  readonly meanSquareWithin: number;
  /** Estimates of the two variances; the first can come out negative when clusters do not differ. */
  readonly between: number;
  readonly within: number;
  /** Intra-cluster correlation (MSB−MSW)/(MSB+(K−1)·MSW); undefined when nothing varies. */
  readonly intraClusterCorrelation: number | undefined;
  /** Observations per cluster, K; for unequal clusters (N − Σn²/N)/(C−1). */
  readonly clusterSize: number;
}

/** ANOVA estimates (Donner 1986, "A review of inference procedures for the intraclass correlation"); undefined below two clusters or without a repetition. */
export function varianceComponents(clusters: Clusters): VarianceComponents | undefined {
  const filled = clusters
    .filter((cluster) => cluster.length > 0)
    .map((cluster) => ({ cluster, mean: sum(cluster) / cluster.length }));
  const c = filled.length;
  const n = sum(filled.map(({ cluster }) => cluster.length));
  if (c < 2 || n === c) return undefined;
  const grandMean = sum(filled.map(({ cluster }) => sum(cluster))) / n;
  const meanSquareBetween = sum(filled.map(({ cluster, mean }) => cluster.length * (mean - grandMean) ** 2)) / (c - 1);
  const meanSquareWithin = sum(filled.map(({ cluster, mean }) => sum(cluster.map((x) => (x - mean) ** 2)))) / (n - c);
  const clusterSize = (n - sum(filled.map(({ cluster }) => cluster.length ** 2)) / n) / (c - 1);
  const total = meanSquareBetween + (clusterSize - 1) * meanSquareWithin;
  return {
    meanSquareBetween,
    meanSquareWithin,
    between: (meanSquareBetween - meanSquareWithin) / clusterSize,
    within: meanSquareWithin,
    intraClusterCorrelation: total === 0 ? undefined : (meanSquareBetween - meanSquareWithin) / total,
    clusterSize,
  };
}

/** By how much clustering inflates the variance of a mean: 1 + (K−1)·ICC (Kish 1965). Trials ÷ this = the number of independent trials they are worth. */
export function designEffect(intraClusterCorrelation: number, clusterSize: number): number {
  return 1 + (clusterSize - 1) * intraClusterCorrelation;
}
