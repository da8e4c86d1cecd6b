import { mean } from '../sample/moments.ts';

/** A task that is attempted again until it is resolved or a cap is reached. */
export interface RetryPlan {
  /** Chance that one attempt resolves the task, 0…1. */
  readonly passRate: number;
  /** Mean time of one attempt. */
  readonly attemptTime: number;
  /** At most so many attempts; Infinity for no cap. */
  readonly maximumAttempts: number;
}

/** What to expect of a {@link RetryPlan}; needs a verifier that tells when to stop. */
export interface RetryOutlook {
  /** 1 − (1−p)ᴿ. */
  readonly successProbability: number;
  /** (1 − (1−p)ᴿ)/p; R at p = 0. */
  readonly expectedAttempts: number;
  /** Expected attempts × mean time of one; in the unit of `attemptTime`. */
  readonly expectedTime: number;
}

/**
 * Expectations of a capped geometric number of attempts on one task. Per task, never for a pooled rate: hard tasks stay unsolved however often
 * they are retried.
 */
export function retryOutlook({ passRate, attemptTime, maximumAttempts }: RetryPlan): RetryOutlook {
  const successProbability = passRate === 0 ? 0 : -Math.expm1(maximumAttempts * Math.log1p(-passRate));
  const expectedAttempts = passRate === 0 ? maximumAttempts : successProbability / passRate;
  return { successProbability, expectedAttempts, expectedTime: expectedAttempts * attemptTime };
}

/** Share of tasks resolved within so many attempts each: mean of 1 − (1−pᵢ)ᴿ over the tasks' own rates. Undefined without a task. */
export function solvedWithin(taskRates: readonly number[], attempts: number): number | undefined {
  return mean(taskRates.map((passRate) => 1 - (1 - passRate) ** attempts));
}
