import { elementAt } from '../sample/element-at.ts';
import { marginalRates, mixingHull } from './mixing-hull.ts';
import type { FrontierPoint } from './point.ts';
import type { PointReplicate } from './probabilities.ts';

/** λ·value − cost: what a point is worth to someone who would pay λ for one more solved task (Stinnett & Mullahy 1998). */
export function netBenefit({ cost, value }: FrontierPoint, willingness: number): number {
  return willingness * value - cost;
}

/** A range of willingness to pay in which one point is the best. */
export interface Preference<P> {
  readonly best: P;
  /** From this λ on, up to the next preference's. */
  readonly from: number;
}

/**
 * Which point has the highest net benefit for each λ ≥ 0, as the points where the choice switches. They are the corners of the mixing hull, and the
 * switches its marginal rates.
 */
export function preferences<P extends FrontierPoint>(points: readonly P[]): Preference<P>[] {
  const hull = mixingHull(points);
  const [cheapest] = hull;
  if (cheapest === undefined) return [];
  return [
    { best: cheapest, from: 0 },
    ...marginalRates(hull).map(({ to, costPerValue }) => ({ best: to, from: costPerValue })),
  ];
}

/**
 * Acceptability curve: for each λ (row) the share of replicates in which each contender (column) has the highest net benefit (van Hout et al. 1994);
 * ties are shared. Replicates in which no contender has a point count for nobody.
 */
export function acceptability(replicates: readonly PointReplicate[], willingness: readonly number[]): number[][] {
  return willingness.map((lambda) => {
    const shares = new Array<number>(replicates[0]?.length ?? 0).fill(0);
    for (const points of replicates) {
      const benefits = points.map((point) =>
        point === undefined ? Number.NEGATIVE_INFINITY : netBenefit(point, lambda),
      );
      const best = Math.max(...benefits);
      const winners = [...benefits.keys()].filter((i) => points[i] !== undefined && benefits[i] === best);
      for (const winner of winners) shares[winner] = elementAt(shares, winner) + 1 / winners.length / replicates.length;
    }
    return shares;
  });
}
