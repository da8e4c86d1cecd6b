import { binomialKernel } from '../special/binomial-kernel.ts';

/** An urn and a draw from it without replacement. */
export interface Draw {
  readonly marked: number;
  readonly unmarked: number;
  readonly drawn: number;
}

/**
 * P(k marked among the drawn) = C(marked,k)·C(unmarked,drawn−k)/C(total,drawn), as a quotient of three binomial probabilities at p = drawn/total,
 * where each is near its mode (Loader 2000).
 */
export function hypergeometricProbability(k: number, { marked, unmarked, drawn }: Draw): number {
  if (k < 0 || k > marked || drawn - k < 0 || drawn - k > unmarked) return 0;
  const total = marked + unmarked;
  if (drawn === 0 || drawn === total) return 1;
  const p = drawn / total;
  return (binomialKernel(k, marked, p) * binomialKernel(drawn - k, unmarked, p)) / binomialKernel(drawn, total, p);
}
