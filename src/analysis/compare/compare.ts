import { pairByTask } from '../../measure/paired/pair-by-task.ts';
import { type PassRateDifference, passRateDifference } from '../../measure/paired/pass-rate-difference.ts';
import { type SpeedUp, speedUp } from '../../measure/ratio/speed-up.ts';
import { mean } from '../../measure/sample/moments.ts';
import type { TrialFacts } from '../../measure/trial-facts.ts';
import { byTask, judgedOf, score } from '../trials.ts';

/** Two contenders on the tasks that both have judged trials of. */
export type Comparison = {
  readonly first: string;
  readonly second: string;
  readonly nTasks: number;
  /** Pass rate of the first minus that of the second. */
  readonly passRate?: PassRateDifference | undefined;
  /** How many times faster the first is, as a geometric mean over tasks of the ratio of mean agent times. */
  readonly speedUp?: SpeedUp | undefined;
};

const meanAgentMs = (trials: readonly TrialFacts[]): number | undefined =>
  mean(trials.flatMap(({ agentMs }) => agentMs ?? []));

/** No difference of two rates lies outside of ±1; a t interval from few tasks may. */
const possible = (found: PassRateDifference | undefined): PassRateDifference | undefined =>
  found && { ...found, low: Math.max(-1, found.low), high: Math.min(1, found.high) };

/** Compares two contenders, paired by task. */
export const compare = (
  { first, second }: { readonly first: string; readonly second: string },
  trials: readonly TrialFacts[],
): Comparison => {
  const judged = Map.groupBy(judgedOf(trials), ({ contender }) => contender);
  const paired = pairByTask(byTask(judged.get(first) ?? []), byTask(judged.get(second) ?? []));
  const scores = (side: readonly (readonly TrialFacts[])[]) =>
    side.map((attempts) => attempts.flatMap((trial) => score(trial) ?? []));
  const times = paired.first.flatMap((attempts, i) => {
    const [fast, slow] = [meanAgentMs(attempts), meanAgentMs(paired.second[i] ?? [])];
    return fast === undefined || slow === undefined || fast <= 0 || slow <= 0 ? [] : [{ fast, slow }];
  });
  return {
    first,
    second,
    nTasks: paired.tasks.length,
    passRate: possible(passRateDifference(scores(paired.first), scores(paired.second))),
    speedUp: speedUp(
      times.map(({ slow }) => slow),
      times.map(({ fast }) => fast),
    ),
  };
};
