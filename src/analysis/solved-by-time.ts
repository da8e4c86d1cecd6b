import { bootstrap } from '../measure/bootstrap/bootstrap.ts';
import { percentileInterval } from '../measure/bootstrap/percentile-interval.ts';
import type { Interval } from '../measure/interval/interval.ts';
import { elementAt } from '../measure/sample/element-at.ts';
import { crossing } from '../measure/survival/crossing.ts';
import { cumulativeIncidence } from '../measure/survival/cumulative-incidence.ts';
import { type StepCurve, valueAt } from '../measure/survival/step-curve.ts';
import type { TimedOutcome } from '../measure/survival/time-table.ts';
import type { TrialFacts } from '../measure/trial-facts.ts';
import { replicatesFor } from './resampling.ts';
import type { Selection } from './selection.ts';
import { taskKey } from './trials.ts';

/** Share of trials solved within a time, with a pointwise 95% band. Times in milliseconds. */
export type SolvedCurve = {
  readonly contender: string;
  readonly curve: StepCurve;
  readonly band: readonly ({ readonly time: number } & Interval)[];
};

/** From when on `later` has solved more than `earlier`, for good. */
export type Crossing = {
  readonly earlier: string;
  readonly later: string;
  readonly time: number;
  readonly interval?: Interval | undefined;
  /** Share of replicates in which the lead passes in this direction at all. */
  readonly share: number;
};

export type SolvedByTime = { readonly curves: readonly SolvedCurve[]; readonly crossings: readonly Crossing[] };

/**
 * What a trial says about solving in time. A wrong submission is final: it competes. A time-out says nothing beyond its limit, a trial
 * without a verdict nothing beyond its end: both are censored. Undefined where the agent never started.
 */
const observe = ({ agentMs, outcome, stop }: TrialFacts): TimedOutcome | undefined => {
  if (agentMs === undefined) return undefined;
  if (outcome === 'resolved') return { time: agentMs, outcome: 'event' };
  return { time: agentMs, outcome: outcome === 'no-verdict' || stop === 'time-limit' ? 'censored' : 'competing' };
};

const samplesOf = ({ contenders, tasks, trials }: Selection) => {
  const groups = Map.groupBy(trials, (trial) => JSON.stringify([trial.contender, taskKey(trial)]));
  const observed = (contender: string, key: string): readonly TimedOutcome[] =>
    (groups.get(JSON.stringify([contender, key])) ?? []).map(observe).filter((outcome) => outcome !== undefined);
  return contenders.map((contender) => ({ contender, tasks: tasks.map((task) => observed(contender, taskKey(task))) }));
};

/** Times at which bands are computed: evenly spaced on a log axis over all events. */
const bandTimes = (curves: readonly StepCurve[], count = 48): readonly number[] => {
  const times = curves.flatMap(({ steps }) => steps.map(({ time }) => time)).filter((time) => time > 0);
  if (times.length === 0) return [];
  const low = Math.log(times.reduce((least, time) => Math.min(least, time)));
  const high = Math.log(times.reduce((most, time) => Math.max(most, time)));
  return Array.from({ length: count }, (_, place) => Math.exp(low + ((high - low) * place) / (count - 1)));
};

/** The change of lead between two curves by who leads first, as [earlier, later] indices and the time. */
const leadPasses = (
  first: StepCurve,
  second: StepCurve,
): { readonly laterIsSecond: boolean; readonly time: number } | undefined => {
  const change = crossing(first, second);
  return change === undefined ? undefined : { laterIsSecond: change.leader === 'second', time: change.time };
};

/** Solved-by-time curves (Aalen–Johansen) of all contenders, bands and crossings from one joint bootstrap. */
export const solvedByTime = (
  selection: Selection,
  options: { readonly seed: number; readonly effort: number },
): SolvedByTime => {
  const samples = samplesOf(selection);
  const curves = samples.map(({ tasks }) => cumulativeIncidence(tasks.flat()));
  const times = bandTimes(curves);
  const pairs = curves.flatMap((_, i) => curves.flatMap((__, j) => (i < j ? [[i, j] as const] : [])));
  const { values } = bootstrap(
    samples,
    (resample) => {
      const drawn = resample.map((tasks) => cumulativeIncidence(tasks.flat()));
      return {
        levels: drawn.map((curve) => times.map((time) => valueAt(curve, time))),
        passes: pairs.map(([i, j]) => leadPasses(elementAt(drawn, i), elementAt(drawn, j))),
      };
    },
    { seed: options.seed, replicates: Math.min(2000, replicatesFor(selection.trials.length, options.effort / 4)) },
  );
  return {
    curves: samples.map(({ contender }, i) => ({
      contender,
      curve: elementAt(curves, i),
      band: times.flatMap((time, place) => {
        const interval = percentileInterval(values.map(({ levels }) => levels[i]?.[place]));
        return interval === undefined ? [] : [{ time, low: interval.low, high: interval.high }];
      }),
    })),
    crossings: pairs.flatMap(([i, j], place): readonly Crossing[] => {
      const change = leadPasses(elementAt(curves, i), elementAt(curves, j));
      if (change === undefined) return [];
      const [earlier, later] = change.laterIsSecond ? [i, j] : [j, i];
      const same = values
        .map(({ passes }) => passes[place])
        .map((pass) => (pass?.laterIsSecond === change.laterIsSecond ? pass.time : undefined));
      const interval = percentileInterval(same);
      return [
        {
          earlier: elementAt(samples, earlier).contender,
          later: elementAt(samples, later).contender,
          time: change.time,
          interval: interval && { low: interval.low, high: interval.high },
          share: interval?.definedShare ?? 0,
        },
      ];
    }),
  };
};
