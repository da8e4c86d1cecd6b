import type { Composite } from '../analysis/frontier/composites.ts';

/** What a what-if combination would do, in words. */
export const compositeText = (
  { kind, fast, right, attempts }: Composite,
  nameOf: (contender: string) => string,
): string =>
  kind === 'cascade'
    ? `What if ${nameOf(fast)} tried first and ${nameOf(right)} where it fails`
    : `What if ${nameOf(fast)} tried up to ${attempts ?? 0} times, in the time of ${nameOf(right)}`;
