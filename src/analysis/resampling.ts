import { type Bootstrap, bootstrap } from '../measure/bootstrap/bootstrap.ts';
import type { ContenderSample } from '../measure/bootstrap/resample.ts';
import { sum } from '../measure/sample/moments.ts';
import { quantileOfSorted } from '../measure/sample/quantile.ts';
import type { TrialFacts } from '../measure/trial-facts.ts';
import type { TimeStatistic } from './estimate.ts';
import type { Selection } from './selection.ts';
import { judgedOf, taskKey } from './trials.ts';

/** What one contender comes to in a sample of its judged trials; times in milliseconds. */
export type ContenderPoint = { readonly passRate: number | undefined } & Readonly<
  Record<TimeStatistic, number | undefined>
>;

/** Judged trials of all contenders, aligned by task, so that one draw of tasks serves all. */
const samplesOf = ({ contenders, tasks, trials }: Selection): readonly ContenderSample<TrialFacts>[] => {
  const groups = Map.groupBy(judgedOf(trials), (trial) => JSON.stringify([trial.contender, taskKey(trial)]));
  return contenders.map((contender) => ({
    contender,
    tasks: tasks.map((task) => groups.get(JSON.stringify([contender, taskKey(task)])) ?? []),
  }));
};

/** Pass rate and agent times of judged trials, however they were drawn. */
export const pointOf = (judged: readonly TrialFacts[]): ContenderPoint => {
  const resolved = judged.filter(({ outcome }) => outcome === 'resolved').length;
  const times = Float64Array.from(judged.flatMap(({ agentMs }) => agentMs ?? [])).sort();
  const total = sum([...times]);
  return {
    passRate: judged.length === 0 ? undefined : resolved / judged.length,
    median: quantileOfSorted(times, 0.5),
    mean: times.length === 0 ? undefined : total / times.length,
    'per-solved': resolved === 0 ? undefined : total / resolved,
  };
};

/** As many replicates as the work allows (about `effort` drawn trials), between 200 and 10,000. */
export const replicatesFor = (nTrials: number, effort: number): number =>
  Math.min(10_000, Math.max(200, Math.floor(effort / Math.max(1, nTrials))));

/** The joint two-stage bootstrap of all contenders' points: tasks, then attempts, one draw of tasks for all. */
export const resamplePoints = (
  selection: Selection,
  options: { readonly seed: number; readonly effort: number },
): Bootstrap<readonly ContenderPoint[]> =>
  bootstrap(samplesOf(selection), (resample) => resample.map((tasks) => pointOf(tasks.flat())), {
    seed: options.seed,
    replicates: replicatesFor(selection.trials.length, options.effort),
  });
