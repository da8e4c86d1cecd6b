import type { NextLook } from '../verdict.ts';

const percent = (ratio: number): string => `${Math.round(ratio * 100)}%`;

const neededText = ({ attempts, upTo, chance, attemptsNeeded }: NextLook): string => {
  if (chance === undefined)
    return attempts < 2 ? '; how much it would settle cannot be told from one attempt a task' : '';
  const often = `, which settles it in ${percent(chance)} of cases if the observed value is the true one`;
  if (attemptsNeeded === undefined)
    return `${often}; no number of attempts would do it four times in five: it takes more tasks`;
  const more = attemptsNeeded - attempts;
  return `${often}; ${attemptsNeeded} (${more} more) would do it four times in five${attemptsNeeded > upTo ? ', which is more than `up_to` allows' : ''}`;
};

/** What to do about an inconclusive gate that may be looked at twice. */
export const lookText = (look: NextLook): string => {
  const { attempts, upTo } = look;
  return attempts >= upTo
    ? `this was the last look (${attempts} attempts a task, \`up_to\` says ${upTo}): more attempts are no way out, more tasks or a wider limit are`
    : `run more: \`tacho run --attempts ${upTo}\` with this run’s configuration, then judge that run, the last look; it has ${upTo} attempts a task instead of ${attempts}${neededText(look)}`;
};
