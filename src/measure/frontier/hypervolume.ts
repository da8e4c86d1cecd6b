import type { FrontierPoint } from './point.ts';
import { staircase } from './staircase.ts';

/**
 * Area that the points dominate within [0, limit] × [0, 1], that is under the staircase up to a limit of cost: Σ value·(next cost − cost)
 * (Zitzler & Thiele 1998; reference point (limit, 0)). The limit must come from the config (the tasks' time limit), never from the data. `scale` maps
 * cost before measuring; `Math.log` measures log-time.
 */
export function hypervolume(
  points: readonly FrontierPoint[],
  limit: number,
  scale: (cost: number) => number = (cost) => cost,
): number {
  const front = staircase(points.filter(({ cost }) => cost < limit));
  return front.reduce(
    (area, { cost, value }, i) => area + value * (scale(front[i + 1]?.cost ?? limit) - scale(cost)),
    0,
  );
}

/**
 * For each point, what the hypervolume would lose without it; 0 for a dominated one. A dominated point can stand in for a lost one: pass only the
 * staircase for the loss among the frontier's own points.
 */
export function exclusiveHypervolumes(points: readonly FrontierPoint[], limit: number): number[] {
  const all = hypervolume(points, limit);
  return points.map(
    (point) =>
      all -
      hypervolume(
        points.filter((other) => other !== point),
        limit,
      ),
  );
}
