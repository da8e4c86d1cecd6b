/** A contender on the plane of the report: what it costs and what it achieves. */
export interface FrontierPoint {
  /** Time or money: smaller is better. */
  readonly cost: number;
  /** Pass rate, 0…1: larger is better. */
  readonly value: number;
}

/** Whether a is no worse than b on both axes and better on one. Identical points do not dominate each other. */
export function dominates(a: FrontierPoint, b: FrontierPoint): boolean {
  return a.cost <= b.cost && a.value >= b.value && (a.cost < b.cost || a.value > b.value);
}
