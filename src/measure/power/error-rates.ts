import { normalQuantile } from '../distribution/normal.ts';

/** What a planned comparison may get wrong. */
export interface ErrorRates {
  /** Chance of a false alarm; default 0.05. Two-sided tests spend half on each side. */
  readonly alpha?: number;
  /** Chance of detecting the difference that is there; default 0.8. */
  readonly power?: number;
}

/** z_{1−α/2} + z_power, the distance in standard errors that a two-sided test needs. */
export function twoSidedDistance(rates: ErrorRates): number {
  const { toReject, toDetect } = twoSidedQuantiles(rates);
  return toReject + toDetect;
}

/** z_{1−α/2} and z_power. */
export function twoSidedQuantiles({ alpha = 0.05, power = 0.8 }: ErrorRates): {
  readonly toReject: number;
  readonly toDetect: number;
} {
  return { toReject: normalQuantile(1 - alpha / 2), toDetect: normalQuantile(power) };
}

/** z_{1−α} + z_power, the same for a one-sided test. */
export function oneSidedDistance({ alpha = 0.05, power = 0.8 }: ErrorRates): number {
  return normalQuantile(1 - alpha) + normalQuantile(power);
}
