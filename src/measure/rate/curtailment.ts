/** An observed goal: a rate that a fixed number of trials must reach. */
export interface ObservedGoal {
  readonly rate: number;
  readonly nTrials: number;
}

/**
 * Deterministic curtailment (Alling 1963): whether the trials still to come can change the outcome of an observed goal. Stopping on `pass` or `fail` costs no error.
 */
export function curtail(
  goal: ObservedGoal,
  soFar: { readonly passed: number; readonly failed: number },
): 'pass' | 'fail' | 'undecided' {
  const remaining = goal.nTrials - soFar.passed - soFar.failed;
  if (remaining < 0) throw new RangeError(`${soFar.passed + soFar.failed} trials done of ${goal.nTrials} planned`);
  if (reached(soFar.passed, goal)) return 'pass';
  return reached(soFar.passed + remaining, goal) ? 'undecided' : 'fail';
}

/** passed/n ≥ rate, compared as a quotient so that 60 of 100 reaches 0.60 in spite of 0.6·100 being inexact for other numbers. */
function reached(passed: number, { rate, nTrials }: ObservedGoal): boolean {
  return passed / nTrials >= rate;
}
