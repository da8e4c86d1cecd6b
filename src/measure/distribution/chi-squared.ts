import { normalCdf } from './normal.ts';

/** P(χ²₁ ≥ x): the chance that a squared standard normal is at least x. */
export function chiSquaredTail(x: number): number {
  return 2 * normalCdf(-Math.sqrt(x));
}
