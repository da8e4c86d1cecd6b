import { fisherExact } from '../../measure/independent/fisher-exact.ts';
import { sum } from '../../measure/sample/moments.ts';
import type { TrialFacts } from '../../measure/trial-facts.ts';

/** How many trials of a contender have which blemish. */
export type Health = {
  readonly trials: number;
  readonly infraErrors: number;
  readonly invalid: number;
  readonly tampered: number;
  /** Repeated after an infra error, or ended in one. */
  readonly disturbed: number;
  readonly retriedCalls: number;
  readonly degraded: number;
  /** Segments that miss the wall-clock by more than 1%. */
  readonly leaking: number;
};

const leaks = ({ segments, wallMs }: TrialFacts): boolean =>
  Math.abs(sum(Object.values(segments)) - wallMs) > wallMs * 0.01;

const count = (trials: readonly TrialFacts[], test: (trial: TrialFacts) => boolean): number =>
  trials.filter(test).length;

/** The blemishes of one contender's counted trials. */
export const healthOf = (trials: readonly TrialFacts[]): Health => ({
  trials: trials.length,
  infraErrors: count(trials, ({ noVerdictReason }) => noVerdictReason === 'infra-error'),
  invalid: count(trials, ({ noVerdictReason }) => noVerdictReason === 'invalid'),
  tampered: count(trials, ({ noVerdictReason }) => noVerdictReason === 'tampered'),
  disturbed: count(trials, ({ attempt, noVerdictReason }) => attempt > 0 || noVerdictReason === 'infra-error'),
  retriedCalls: count(trials, ({ failedTries }) => failedTries > 0),
  degraded: count(trials, ({ degraded }) => degraded),
  leaking: count(trials, leaks),
});

/**
 * Whether infra errors fell on two contenders so unevenly that chance hardly explains it (Fisher's exact test, p below 0.05): repeated trials are another
 * draw, so that an imbalance may tilt the comparison.
 */
export const isLopsided = (one: Health, other: Health): boolean => {
  if (one.trials === 0 || other.trials === 0) return false;
  return (
    fisherExact(
      { successes: one.disturbed, trials: one.trials },
      { successes: other.disturbed, trials: other.trials },
    ) < 0.05
  );
};
