import type { Interval } from '../interval/interval.ts';

/** Trials by what was proven about them. */
export interface VerdictCounts {
  readonly resolved: number;
  readonly unresolved: number;
  /** Trials that nobody could judge: infra errors, invalid verdicts. */
  readonly withoutVerdict: number;
}

/** One pass rate under each way of treating trials without a verdict. */
export interface PassRateTreatments {
  /** Resolved ÷ all trials. */
  readonly asFailure: number;
  /** Resolved ÷ trials with a verdict; undefined if there is none. */
  readonly excluded: number | undefined;
  /** What the rate could be at worst and at best had every trial been judged: [s/N, (s+e)/N] (Manski 1990). */
  readonly bounds: Interval;
}

/** The treatments of trials without a verdict, to be printed together; undefined without a trial. */
export function passRateTreatments({
  resolved,
  unresolved,
  withoutVerdict,
}: VerdictCounts): PassRateTreatments | undefined {
  const judged = resolved + unresolved;
  const all = judged + withoutVerdict;
  if (all === 0) return undefined;
  return {
    asFailure: resolved / all,
    excluded: judged === 0 ? undefined : resolved / judged,
    bounds: { low: resolved / all, high: (resolved + withoutVerdict) / all },
  };
}
