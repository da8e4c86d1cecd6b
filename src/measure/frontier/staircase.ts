import { dominates, type FrontierPoint } from './point.ts';

/**
 * The frontier: the points that no other point dominates, in ascending order of cost (Kung, Luccio & Preparata 1975). Identical points all stay.
 * Returns the given objects, so that they may carry names.
 */
export function staircase<P extends FrontierPoint>(points: readonly P[]): P[] {
  return points.filter((point) => !points.some((other) => dominates(other, point))).sort((a, b) => a.cost - b.cost);
}

/** The best value within a budget: max{value : cost ≤ budget}, and 0, that of doing nothing, where no point is affordable. No interpolation. */
export function attainableValue(points: readonly FrontierPoint[], budget: number): number {
  return Math.max(0, ...points.filter(({ cost }) => cost <= budget).map(({ value }) => value));
}

/** How far a point is from the frontier. */
export interface DominanceGap {
  /** Value that the frontier reaches at the point's cost, less the point's own. */
  readonly value: number;
  /** Point's cost ÷ the least cost at which the frontier reaches its value. */
  readonly costRatio: number;
}

/** {@link DominanceGap} to the staircase of `points`, or undefined for a point that none of them dominates. */
export function dominanceGap(point: FrontierPoint, points: readonly FrontierPoint[]): DominanceGap | undefined {
  if (!points.some((other) => dominates(other, point))) return undefined;
  const least = Math.min(...points.filter(({ value }) => value >= point.value).map(({ cost }) => cost));
  return { value: attainableValue(points, point.cost) - point.value, costRatio: point.cost / least };
}
