import { type ErrorRates, twoSidedQuantiles } from './error-rates.ts';

/**
 * Pairs needed by McNemar's test, rounded up: (z_{α/2}·√ψ + z_β·√(ψ−δ²))²/δ², ψ the share of pairs that will disagree and δ the difference
 * (Connor 1987, "Sample size for testing differences in proportions for the paired-sample design").
 */
export function mcNemarPairsNeeded(discordance: number, difference: number, rates: ErrorRates = {}): number {
  const { toReject, toDetect } = twoSidedQuantiles(rates);
  const reach = toReject * Math.sqrt(discordance) + toDetect * Math.sqrt(discordance - difference ** 2);
  return Math.ceil((reach / difference) ** 2);
}

/**
 * Trials needed in each of two independent groups, rounded up: (z_{α/2}·√(2p̄q̄) + z_β·√(p₁q₁+p₂q₂))²/(p₁−p₂)² (Fleiss, Levin & Paik 2003, §4.2).
 */
export function unpairedTrialsNeeded(first: number, second: number, rates: ErrorRates = {}): number {
  const { toReject, toDetect } = twoSidedQuantiles(rates);
  const pooled = (first + second) / 2;
  const reach =
    toReject * Math.sqrt(2 * pooled * (1 - pooled)) + toDetect * Math.sqrt(first * (1 - first) + second * (1 - second));
  return Math.ceil((reach / (first - second)) ** 2);
}
