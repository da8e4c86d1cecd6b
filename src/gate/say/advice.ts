import type { Requirement } from '../judge/proof/requirement.ts';
import type { Weighed } from '../judge/proof/weigh.ts';

/** Distances of a ratio are distances of its logarithm. */
const scaled = (value: number, isRatio: boolean): number => (isRatio ? Math.log(value) : value);

/** What it would take for an inconclusive check to pass: as many tasks as make the bound reach the limit if the observed value stays. */
export const adviceFor = (
  { verdict, observed, lowerBound, upperBound, nTasks, nCalls }: Weighed,
  requirement: Requirement,
  { isRatio, limitText }: { readonly isRatio: boolean; readonly limitText: (limit: number) => string },
): string | undefined => {
  if (verdict !== 'inconclusive') return undefined;
  const sign = requirement.direction === 'at-least' ? 1 : -1;
  const bound = sign === 1 ? lowerBound : upperBound;
  if (bound === undefined || (isRatio && bound <= 0))
    return nCalls === undefined
      ? 'too few tasks or values to prove anything: run more tasks'
      : 'too few calls to prove anything: probe with more --rounds';
  const room = sign * (scaled(observed, isRatio) - scaled(requirement.limit, isRatio));
  if (room <= 0)
    return 'the observed value is on the wrong side of the limit: more of them would rather prove a failure than a pass';
  const reach = Math.abs(scaled(observed, isRatio) - scaled(bound, isRatio));
  const n = nCalls ?? nTasks;
  const needed = Math.max(n + 1, Math.ceil(n * (reach / room) ** 2)).toLocaleString('en-US');
  const what = nCalls === undefined ? `${needed} tasks` : `${needed} calls instead of ${n} (--rounds)`;
  return `would need about ${what} if the observed value stays, or a limit of ${limitText(bound)}`;
};
