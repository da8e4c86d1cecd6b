import { type Evidence, unbounded } from '../../../analysis/evidence/evidence.ts';
import { bisect } from '../../../measure/special/bisect.ts';

/** What a number must be. */
export type Requirement = {
  readonly direction: 'at-least' | 'at-most';
  readonly limit: number;
  /** The limit itself does not do. */
  readonly strict: boolean;
};

/** Values that equal the limit but for rounding reach it: 0.65 − 0.60 is not quite 0.05. */
const rounding = 1e-12;

/** How far a value is on the right side of the limit; negative on the wrong one. */
const room = (value: number, { direction, limit }: Requirement): number =>
  direction === 'at-least' ? value - limit : limit - value;

const tolerance = ({ limit }: Requirement): number => rounding * Math.max(1, Math.abs(limit));

/** Whether a value does what is required. */
export const holds = (value: number, requirement: Requirement): boolean =>
  requirement.strict
    ? room(value, requirement) > tolerance(requirement)
    : room(value, requirement) >= -tolerance(requirement);

/** The bound that must hold for the requirement to be proven, and the one that must not for it to be refuted. */
const ends = (evidence: Evidence, { direction }: Requirement, confidence: number) => {
  const { lower, upper } = evidence.bounds?.(confidence) ?? unbounded;
  return direction === 'at-least' ? { worst: lower, best: upper } : { worst: upper, best: lower };
};

const isProven = (evidence: Evidence, requirement: Requirement, confidence: number): boolean =>
  holds(ends(evidence, requirement, confidence).worst, requirement);

/** Beyond the limit even at best. A bound on the limit refutes nothing. */
const isRefuted = (evidence: Evidence, requirement: Requirement, confidence: number): boolean =>
  room(ends(evidence, requirement, confidence).best, requirement) < -tolerance(requirement);

/** The verdict by one-sided bounds: proven, refuted, or neither (as for non-inferiority: Piaggio et al. 2012). */
export const judgeProven = (
  evidence: Evidence,
  requirement: Requirement,
  confidence: number,
): 'pass' | 'fail' | 'inconclusive' => {
  if (isProven(evidence, requirement, confidence)) return 'pass';
  return isRefuted(evidence, requirement, confidence) ? 'fail' : 'inconclusive';
};

const smallestAlpha = 1e-9;
const largestAlpha = 0.49;

/**
 * The p-value of "the requirement does not hold": the smallest α at which the bounds refute it. 1 where they do not even at 49%.
 */
export const failureP = (evidence: Evidence, requirement: Requirement): number => {
  const refutes = (alpha: number) => isRefuted(evidence, requirement, 1 - alpha);
  if (!refutes(largestAlpha)) return 1;
  if (refutes(smallestAlpha)) return smallestAlpha;
  return Math.exp(
    bisect((logarithm) => (refutes(Math.exp(logarithm)) ? 1 : -1), Math.log(smallestAlpha), Math.log(largestAlpha)),
  );
};
