import type { Requirement } from '../judge/requirement.ts';
import type { Weighed } from '../judge/weigh.ts';

/** Distances of a ratio are distances of its logarithm. */
const scaled = (value: number, isRatio: boolean): number => (isRatio ? Math.log(value) : value);

/** What it would take for an inconclusive check to pass: as many tasks as make the bound reach the limit if the observed value stays. */
export const adviceFor = (
  { verdict, observed, lowerBound, upperBound, nTasks }: Weighed,
  requirement: Requirement,
  { isRatio, limitText }: { readonly isRatio: boolean; readonly limitText: (limit: number) => string },
): string | undefined => {
  if (verdict !== 'inconclusive') return undefined;
  const sign = requirement.direction === 'at-least' ? 1 : -1;
  const bound = sign === 1 ? lowerBound : upperBound;
  if (bound === undefined || (isRatio && bound <= 0))
    return 'too few tasks or values to prove anything: run more tasks';
  const room = sign * (scaled(observed, isRatio) - scaled(requirement.limit, isRatio));
  if (room <= 0)
    return 'the observed value is on the wrong side of the limit: more tasks would rather prove a failure than a pass';
  const reach = Math.abs(scaled(observed, isRatio) - scaled(bound, isRatio));
  const tasks = Math.max(nTasks + 1, Math.ceil(nTasks * (reach / room) ** 2));
  return `would need about ${tasks.toLocaleString('en-US')} tasks if the observed value stays, or a limit of ${limitText(bound)}`;
};
