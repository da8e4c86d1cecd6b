import type { Check, GateVerdict, Verdict } from '../verdict.ts';

/** Words of a verdict for people. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  pass: 'pass',
  fail: 'FAIL',
  inconclusive: 'inconclusive',
  not_evaluated: 'not evaluated',
};

/** Whom a check is about: simulated and replayed contenders are said to be. */
export const whoText = ({ label, against }: Check): string =>
  `${label}${against === undefined ? '' : ` against ${against}`}`;

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** The denominators, and how many trials nobody judged. */
export const denominatorText = ({ nTasks, nTrials, nValues, withoutVerdict, method }: Check): string => {
  const { excluded, countedAsFailed } = withoutVerdict;
  return [
    [
      counted(nTasks, 'task'),
      counted(nTrials, 'trial'),
      ...(nValues === undefined ? [] : [counted(nValues, 'turn')]),
    ].join(', '),
    ...(excluded > 0 ? [`${excluded} without a verdict left out`] : []),
    ...(countedAsFailed > 0 ? [`${countedAsFailed} without a verdict counted as failed`] : []),
    ...(method === undefined ? [] : [method]),
  ].join('; ');
};

/** One line a check: who, and what was found. */
export const checkLine = (check: Check): string => `${whoText(check)}: ${check.finding}`;

/** The checks that made the gate what it is: all that are as bad as its verdict. */
export const decisive = ({ checks, verdict }: GateVerdict): readonly Check[] =>
  checks.filter((check) => check.verdict === verdict);

/** A text cut to a length that no output chokes on. */
export const clipped = (text: string, length = 600): string =>
  text.length <= length ? text : `${text.slice(0, length)}… (${text.length - length} more characters)`;
