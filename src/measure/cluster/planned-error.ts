/** A design: how many tasks, how many attempts each, and how much scores vary between tasks and between attempts. */
export interface PlannedDesign {
  readonly nTasks: number;
  /** Attempts per task; Infinity gives the floor that no number of attempts gets below. */
  readonly attempts: number;
  readonly varianceBetween: number;
  readonly varianceWithin: number;
}

/** Standard error to expect of a mean over tasks: √((σ²_between + σ²_within/K)/n) (Miller 2024, arXiv 2411.00640). */
export function plannedStandardError({ nTasks, attempts, varianceBetween, varianceWithin }: PlannedDesign): number {
  return Math.sqrt((varianceBetween + varianceWithin / attempts) / nTasks);
}

/** Variances of 0/1 scores of rate p whose share `icc` lies between tasks: p(1−p)·ICC between, the rest within. */
export function binaryVariances(rate: number, icc: number): Pick<PlannedDesign, 'varianceBetween' | 'varianceWithin'> {
  const total = rate * (1 - rate);
  return { varianceBetween: total * icc, varianceWithin: total * (1 - icc) };
}
