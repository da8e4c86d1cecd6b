import { mean } from '../sample/moments.ts';

/** How often a task was attempted and how often it was resolved. */
export interface AttemptCount {
  readonly attempts: number;
  readonly resolved: number;
}

/**
 * Unbiased chance that at least one of k attempts resolves the task: 1 − C(n−c,k)/C(n,k) (Chen et al. 2021, arXiv 2107.03374), as a product so
 * that nothing overflows. Undefined with fewer than k attempts.
 */
export function passAtK({ attempts, resolved }: AttemptCount, k: number): number | undefined {
  const noneOfK = allOfK(attempts, attempts - resolved, k);
  return noneOfK === undefined ? undefined : 1 - noneOfK;
}

/** Unbiased chance that all of k attempts resolve the task: C(c,k)/C(n,k) (Yao et al. 2024, τ-bench, arXiv 2406.12045). Undefined with fewer than k attempts. */
export function passHatK({ attempts, resolved }: AttemptCount, k: number): number | undefined {
  return allOfK(attempts, resolved, k);
}

/** Mean of {@link passAtK} over tasks; undefined without a task or if any of them has fewer than k attempts. */
export function meanPassAtK(tasks: readonly AttemptCount[], k: number): number | undefined {
  return meanOrUndefined(tasks.map((task) => passAtK(task, k)));
}

/** Mean of {@link passHatK} over tasks; undefined without a task or if any of them has fewer than k attempts. */
export function meanPassHatK(tasks: readonly AttemptCount[], k: number): number | undefined {
  return meanOrUndefined(tasks.map((task) => passHatK(task, k)));
}

/** C(marked, k) / C(total, k). */
function allOfK(total: number, marked: number, k: number): number | undefined {
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`k must be a positive integer, not ${k}`);
  if (total < k) return undefined;
  let product = 1;
  for (let i = 0; i < k; i++) product *= Math.max(0, marked - i) / (total - i);
  return product;
}

function meanOrUndefined(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length ? mean(known) : undefined;
}
