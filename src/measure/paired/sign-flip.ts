import { createRandom } from '../random/random.ts';
import { elementAt } from '../sample/element-at.ts';
import { sum } from '../sample/moments.ts';

/** Up to here all 2ⁿ sign patterns are enumerated. */
const ENUMERATE_UP_TO = 20;
/** Sums as extreme as the observed one may differ from it by rounding: by this share of Σ|d|. */
const ROUNDING = 1e-9;

/** Two-sided sign-flip test of "the mean task difference is 0". */
export interface SignFlipTest {
  readonly pValue: number;
  /** Sign patterns at least as extreme as the observed one, among those looked at. */
  readonly extreme: number;
  readonly looked: number;
  readonly method: 'enumerated' | 'seeded';
}

/**
 * Permutation test over tasks (Fisher 1935; Pitman 1937): if the two contenders are alike, each task difference could as well have the other sign.
 * All 2ⁿ patterns for up to 20 tasks; beyond, `replicates` seeded random ones with p = (1+#)/(1+R) (Phipson & Smyth 2010).
 */
export function signFlipTest(
  differences: readonly number[],
  { seed, replicates = 10_000 }: { readonly seed: number; readonly replicates?: number },
): SignFlipTest {
  const limit = Math.abs(sum(differences)) - ROUNDING * sum(differences.map(Math.abs));
  if (differences.length <= ENUMERATE_UP_TO) {
    const extreme = countExtreme(differences, limit);
    const looked = 2 ** differences.length;
    return { pValue: extreme / looked, extreme, looked, method: 'enumerated' };
  }
  const random = createRandom(seed, 'sign-flip');
  let extreme = 0;
  for (let replicate = 0; replicate < replicates; replicate++) {
    let total = 0;
    for (const difference of differences) total += random.below(2) === 0 ? difference : -difference;
    if (Math.abs(total) >= limit) extreme++;
  }
  return { pValue: (1 + extreme) / (1 + replicates), extreme, looked: replicates, method: 'seeded' };
}

function countExtreme(differences: readonly number[], limit: number, from = 0, total = 0): number {
  if (from === differences.length) return Math.abs(total) >= limit ? 1 : 0;
  const difference = elementAt(differences, from);
  return (
    countExtreme(differences, limit, from + 1, total + difference) +
    countExtreme(differences, limit, from + 1, total - difference)
  );
}
