import type { StepCurve } from '../../measure/survival/step-curve.ts';
import type { SolvedCurve } from './solved-by-time.ts';

/** How much sooner one contender has solved a share of the trials than the other. */
export type MatchedSpeedUp = {
  readonly share: number;
  readonly fastMs: number;
  readonly slowMs: number;
  readonly ratio: number;
};

/** The first time by which a curve has reached a level; undefined if it never does. */
const reaches = ({ steps }: StepCurve, level: number): number | undefined =>
  steps.find(({ value }) => value >= level - 1e-12)?.time;

/**
 * Speed-up at matched accuracy: time to reach the highest share that both solved-by-time curves reach. Unlike a ratio of mean times it does not
 * credit a contender for giving wrong answers quickly.
 */
export const speedUpAtMatchedAccuracy = (fast: SolvedCurve, slow: SolvedCurve): MatchedSpeedUp | undefined => {
  const share = Math.min(fast.curve.steps.at(-1)?.value ?? 0, slow.curve.steps.at(-1)?.value ?? 0);
  if (share <= 0) return undefined;
  const [fastMs, slowMs] = [reaches(fast.curve, share), reaches(slow.curve, share)];
  return fastMs === undefined || slowMs === undefined || fastMs <= 0
    ? undefined
    : { share, fastMs, slowMs, ratio: slowMs / fastMs };
};
