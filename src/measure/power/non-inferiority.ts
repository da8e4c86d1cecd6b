import { normalCdf, normalQuantile } from '../distribution/normal.ts';
import { type ErrorRates, oneSidedDistance } from './error-rates.ts';

/** A planned non-inferiority comparison with one attempt a task. */
export interface NonInferiorityPlan extends ErrorRates {
  /** ψ: share of tasks on which the two will disagree. */
  readonly discordance: number;
  /** How much worse is still acceptable, positive. */
  readonly margin: number;
  /** True candidate − baseline; default 0, an equal candidate. */
  readonly trueDifference?: number;
}

/**
 * Tasks needed to prove non-inferiority, rounded up: (z_{1−α}+z_power)²·(ψ−δ²)/(margin+δ)² (Liu et al. 2002, "Tests for equivalence or
 * non-inferiority for paired binary data").
 */
export function nonInferiorityTasksNeeded(plan: NonInferiorityPlan): number {
  const { discordance, margin, trueDifference = 0 } = plan;
  const distance = oneSidedDistance(plan);
  return Math.ceil((distance ** 2 * (discordance - trueDifference ** 2)) / (margin + trueDifference) ** 2);
}

/** How often a planned gate will say each of its three verdicts. */
export interface GateOutlook {
  readonly pass: number;
  readonly fail: number;
  readonly inconclusive: number;
}

/**
 * Chances of a `not worse than` gate's verdicts for a true difference (0: an equal model) and the standard error to expect, by the normal
 * approximation: pass Φ((margin+δ)/SE − z_{1−α}), fail Φ(−(margin+δ)/SE − z_{1−α}).
 */
export function nonInferiorityOutlook({
  standardError,
  margin,
  trueDifference = 0,
  alpha = 0.05,
}: {
  readonly standardError: number;
  readonly margin: number;
  readonly trueDifference?: number;
  readonly alpha?: number;
}): GateOutlook {
  const distance = (margin + trueDifference) / standardError;
  const needed = normalQuantile(1 - alpha);
  const pass = normalCdf(distance - needed);
  const fail = normalCdf(-distance - needed);
  return { pass, fail, inconclusive: Math.max(0, 1 - pass - fail) };
}
