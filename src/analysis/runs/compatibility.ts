import type { RunIdentity } from './identity.ts';

/** A key in which two runs differ. */
export type IdentityDifference = { readonly key: string; readonly first: string; readonly second: string };

export type Compatibility = {
  /** Results that differ in these are not comparable. */
  readonly incompatible: readonly IdentityDifference[];
  /** Worth telling: these may shift times or verdicts. */
  readonly surroundings: readonly IdentityDifference[];
};

const differing = (
  first: Readonly<Record<string, string>>,
  second: Readonly<Record<string, string>>,
): readonly IdentityDifference[] =>
  Object.keys(first).flatMap((key) =>
    first[key] === second[key] ? [] : [{ key, first: first[key] ?? 'unknown', second: second[key] ?? 'unknown' }],
  );

const namesShown = 3;

/** One difference for all tasks that differ in the same way. */
const taskDifferences = (first: RunIdentity, second: RunIdentity): readonly IdentityDifference[] => {
  const common = [...first.tasks].flatMap(([key, ours]) => {
    const theirs = second.tasks.get(key);
    return theirs === undefined ? [] : [{ ours, theirs }];
  });
  const parts = [
    ['task digest', 'digest'],
    ['sandbox limits', 'sandbox'],
  ] as const;
  return parts.flatMap(([label, part]) => {
    const changed = common.filter(({ ours, theirs }) => ours[part] !== theirs[part]);
    const [example] = changed;
    if (example === undefined) return [];
    const names = changed.slice(0, namesShown).map(({ ours }) => ours.name);
    const more = changed.length > namesShown ? ` and ${changed.length - namesShown} more` : '';
    return [{ key: `${label} of ${names.join(', ')}${more}`, first: example.ours[part], second: example.theirs[part] }];
  });
};

/** What stands between two runs: `contenders` are those compared, by their names in the first and in the second run. */
export const compatibility = (
  first: RunIdentity,
  second: RunIdentity,
  contenders: readonly { readonly first: string; readonly second: string }[],
): Compatibility => {
  const agents = contenders.flatMap((pair): readonly IdentityDifference[] => {
    const ours = first.agents.get(pair.first);
    const theirs = second.agents.get(pair.second);
    if (ours === undefined || theirs === undefined || ours === theirs) return [];
    return [{ key: `agent of ${pair.first}`, first: ours, second: theirs }];
  });
  return {
    incompatible: [...taskDifferences(first, second), ...agents, ...differing(first.budgets, second.budgets)],
    surroundings: differing(first.surroundings, second.surroundings),
  };
};
