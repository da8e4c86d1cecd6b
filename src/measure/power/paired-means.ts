import { normalCdf } from '../distribution/normal.ts';
import { type ErrorRates, twoSidedDistance, twoSidedQuantiles } from './error-rates.ts';

/** How task scores of two contenders vary (Miller's ω² and σ²), as variances of 0…1 scores. */
export interface PairedVariances {
  /** ω²: variance over tasks of the difference of the two true task scores. */
  readonly betweenTasks: number;
  /** σ²: mean variance of one attempt around its task's true score, for each contender. */
  readonly withinFirst: number;
  readonly withinSecond: number;
  /** K: attempts per task of each contender. */
  readonly attemptsFirst: number;
  readonly attemptsSecond: number;
}

/**
 * Tasks needed to detect a difference δ, not rounded: (z_{α/2}+z_β)²·(ω² + σ_A²/K_A + σ_B²/K_B) / δ² (Miller 2024, arXiv 2411.00640, power analysis).
 */
export function tasksNeeded(variances: PairedVariances, difference: number, rates: ErrorRates = {}): number {
  return (twoSidedDistance(rates) / difference) ** 2 * varianceOfOneTask(variances);
}

/** The smallest difference that n tasks detect: the same formula solved for δ (Miller 2024). */
export function minimumDetectableDifference(
  variances: PairedVariances,
  nTasks: number,
  rates: ErrorRates = {},
): number {
  return twoSidedDistance(rates) * pairedStandardError(variances, nTasks);
}

/** Chance that n tasks detect a true difference δ on the right side: Φ(|δ|/SE − z_{1−α/2}). */
export function powerToDetect(
  variances: PairedVariances,
  {
    difference,
    nTasks,
    alpha = 0.05,
  }: { readonly difference: number; readonly nTasks: number; readonly alpha?: number },
): number {
  return normalCdf(
    Math.abs(difference) / pairedStandardError(variances, nTasks) - twoSidedQuantiles({ alpha }).toReject,
  );
}

/** Standard error to expect of a paired difference: √((ω² + σ_A²/K_A + σ_B²/K_B)/n). */
export function pairedStandardError(variances: PairedVariances, nTasks: number): number {
  return Math.sqrt(varianceOfOneTask(variances) / nTasks);
}

function varianceOfOneTask(v: PairedVariances): number {
  return v.betweenTasks + v.withinFirst / v.attemptsFirst + v.withinSecond / v.attemptsSecond;
}
