import type { SuccessCount } from '../interval/interval.ts';
import { logGamma } from '../special/log-gamma.ts';

/**
 * Bayesian P(p_B > p_A) for two independent groups with uniform priors: Σ_{i=0}^{k_B} B(α_A+i, β_A+β_B) / ((β_B+i)·B(1+i, β_B)·B(α_A, β_A)) with
 * α = k+1, β = n−k+1 (Cook 2005, "Exact calculation of beta inequalities"; E. Miller 2015).
 */
export function probabilityBetter(b: SuccessCount, a: SuccessCount): number {
  const alphaA = a.successes + 1;
  const betaA = a.trials - a.successes + 1;
  const betaB = b.trials - b.successes + 1;
  let total = 0;
  for (let i = 0; i <= b.successes; i++) {
    total += Math.exp(
      logBeta(alphaA + i, betaA + betaB) - Math.log(betaB + i) - logBeta(1 + i, betaB) - logBeta(alphaA, betaA),
    );
  }
  return total;
}

function logBeta(alpha: number, beta: number): number {
  return logGamma(alpha) + logGamma(beta) - logGamma(alpha + beta);
}
