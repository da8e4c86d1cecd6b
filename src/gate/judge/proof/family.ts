import { holm } from '../../../measure/multiplicity/adjusted-p.ts';
import type { Check } from '../../verdict.ts';

/** A check and the gate it belongs to. */
export type FamilyMember = { readonly check: Check; readonly isInFamily: boolean };

/**
 * Holm's correction of proven failures: with many gates, one that nothing is wrong with would fail by chance. A failure that does not survive it is
 * inconclusive. Passes need no correction: a release asks that all gates pass, which chance cannot make easier (intersection–union test).
 */
export const correctFamily = (members: readonly FamilyMember[], alpha: number): readonly Check[] => {
  const tested = members.filter(({ check, isInFamily }) => isInFamily && check.failureP !== undefined);
  const adjusted = new Map(
    holm(tested.map(({ check }) => check.failureP ?? 1)).map((value, index) => [tested[index]?.check, value]),
  );
  return members.map(({ check }): Check => {
    const value = adjusted.get(check);
    if (value === undefined) return check;
    if (check.verdict !== 'fail' || value <= alpha) return { ...check, adjustedFailureP: value };
    return {
      ...check,
      adjustedFailureP: value,
      verdict: 'inconclusive',
      notes: [
        ...check.notes,
        `on its own it would fail (p = ${(check.failureP ?? 1).toPrecision(2)}), but with ${tested.length} checks that may be chance (Holm: p = ${value.toPrecision(2)})`,
      ],
    };
  });
};
