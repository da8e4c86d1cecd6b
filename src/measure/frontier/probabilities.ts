import { elementAt } from '../sample/element-at.ts';
import { dominates, type FrontierPoint } from './point.ts';

/** One replicate of a joint bootstrap: the contenders' points, always in the same order; undefined where a statistic was (0 solved). */
export type PointReplicate = readonly (FrontierPoint | undefined)[];

/** How sure the frontier is, by contender in the replicates' order. */
export interface FrontierProbabilities {
  /** Share of replicates in which no other contender dominates this one. */
  readonly onFrontier: readonly number[];
  /** Row i, column j: share of replicates in which i dominates j. */
  readonly dominates: readonly (readonly number[])[];
}

/**
 * P(on frontier) and P(i dominates j) by counting over joint replicates (one task draw for all contenders, both axes from the same draw). A
 * contender without a point is not on the frontier, and neither dominates nor is dominated. Undefined without a replicate.
 */
export function frontierProbabilities(replicates: readonly PointReplicate[]): FrontierProbabilities | undefined {
  const n = replicates[0]?.length;
  if (n === undefined) return undefined;
  const onFrontier = new Array<number>(n).fill(0);
  const wins = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  for (const points of replicates) {
    for (const [j, point] of points.entries()) {
      if (point === undefined) continue;
      let dominated = false;
      for (const [i, other] of points.entries()) {
        if (other === undefined || !dominates(other, point)) continue;
        dominated = true;
        const row = elementAt(wins, i);
        row[j] = elementAt(row, j) + 1;
      }
      if (!dominated) onFrontier[j] = elementAt(onFrontier, j) + 1;
    }
  }
  const share = (count: number) => count / replicates.length;
  return { onFrontier: onFrontier.map(share), dominates: wins.map((row) => row.map(share)) };
}
