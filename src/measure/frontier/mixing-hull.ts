import { elementAt } from '../sample/element-at.ts';
import type { FrontierPoint } from './point.ts';
import { staircase } from './staircase.ts';

/**
 * The upper concave hull of the staircase: what can be reached by splitting traffic between two contenders at random (Andrew 1979, monotone chain).
 * Valid only where both axes are means. A point of the staircase that is not on it is "extendedly dominated". Of identical points one is kept.
 */
export function mixingHull<P extends FrontierPoint>(points: readonly P[]): P[] {
  const hull: P[] = [];
  const front = staircase(points);
  for (const point of front.filter(({ cost }, i) => cost !== front[i + 1]?.cost)) {
    while (hull.length > 1 && !turnsDown(elementAt(hull, hull.length - 2), elementAt(hull, hull.length - 1), point))
      hull.pop();
    hull.push(point);
  }
  return hull;
}

/** What the next piece of value costs along a hull. */
export interface MarginalRate<P> {
  readonly from: P;
  readonly to: P;
  /** Cost ÷ value: seconds per additional solved task; a hundredth of it per percentage point. */
  readonly costPerValue: number;
}

/** Marginal rates between neighbours of a {@link mixingHull}: the incremental cost-effectiveness ratio of health economics. They increase. */
export function marginalRates<P extends FrontierPoint>(hull: readonly P[]): MarginalRate<P>[] {
  return hull.slice(1).flatMap((to, i) => {
    const from = elementAt(hull, i);
    return to.value === from.value ? [] : [{ from, to, costPerValue: (to.cost - from.cost) / (to.value - from.value) }];
  });
}

function turnsDown(a: FrontierPoint, b: FrontierPoint, c: FrontierPoint): boolean {
  return (b.value - a.value) * (c.cost - a.cost) > (c.value - a.value) * (b.cost - a.cost);
}
