import type { Check, GateReport, GateVerdict, Verdict } from '../verdict.ts';

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

const basisText = ({ nTasks, nTrials, nValues, nCalls, against }: Check): string =>
  nCalls === undefined
    ? [
        counted(nTasks, 'task'),
        counted(nTrials, 'trial'),
        ...(nValues === undefined ? [] : [counted(nValues, 'turn')]),
      ].join(', ')
    : `${counted(nCalls, 'call')}${against === undefined ? '' : ' on each side'}`;

/** The denominators, and how many trials nobody judged. */
const denominatorText = (check: Check): string => {
  const { withoutVerdict, method } = check;
  const { excluded, countedAsFailed } = withoutVerdict;
  return [
    basisText(check),
    ...(excluded > 0 ? [`${excluded} without a verdict left out`] : []),
    ...(countedAsFailed > 0 ? [`${countedAsFailed} without a verdict counted as failed`] : []),
    ...(method === undefined ? [] : [method]),
  ].join('; ');
};

/** What stands below a check's line: from how much it was found, what it would take, what else must be said. */
export const detailLines = (check: Check): readonly string[] => [
  ...(check.nTrials === 0 && check.nCalls === undefined ? [] : [denominatorText(check)]),
  ...(check.advice === undefined ? [] : [check.advice]),
  ...check.notes,
];

/** What was judged: `run A and probe B`. */
export const judgedText = ({ run, probe }: GateReport): string =>
  [...(run === undefined ? [] : [`run ${run.runId}`]), ...(probe === undefined ? [] : [`probe ${probe.probeId}`])].join(
    ' and ',
  );

/** One line a check: who, and what was found. */
export const checkLine = (check: Check): string => `${whoText(check)}: ${check.finding}`;

/** The checks that made the gate what it is: all that are as bad as its verdict. */
export const decisive = ({ checks, verdict }: GateVerdict): readonly Check[] =>
  checks.filter((check) => check.verdict === verdict);

/** A text cut to a length that no output chokes on. */
export const clipped = (text: string, length = 600): string =>
  text.length <= length ? text : `${text.slice(0, length)}… (${text.length - length} more characters)`;
