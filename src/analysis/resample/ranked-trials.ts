import { elementAt } from '../../measure/sample/element-at.ts';
import type { TimedOutcome } from '../../measure/survival/time-table.ts';
import type { TrialFacts } from '../../measure/trial-facts.ts';
import type { ContenderPoint } from '../estimate.ts';

/**
 * What a trial says about solving in time. A wrong submission is final: it competes. A time-out says nothing beyond its limit, a trial
 * without a verdict nothing beyond its end: both are censored. Undefined where the agent never started.
 */
export const observe = ({ agentMs, outcome, stop }: TrialFacts): TimedOutcome | undefined => {
  if (agentMs === undefined) return undefined;
  if (outcome === 'resolved') return { time: agentMs, outcome: 'event' };
  return { time: agentMs, outcome: outcome === 'no-verdict' || stop === 'time-limit' ? 'censored' : 'competing' };
};

/**
 * One contender's trials in order of agent time, those without one last. A resample of them is how often each was drawn: statistics of it are
 * walks along the order, without sorting anything again.
 */
export type RankedTrials = {
  readonly contender: string;
  /** Milliseconds; NaN where the agent never started. */
  readonly times: Float64Array;
  readonly outcomes: readonly TrialFacts['outcome'][];
  /** US dollars; undefined where a judged trial does not tell: costs of some trials only would flatter. */
  readonly costs: Float64Array | undefined;
  readonly observed: readonly (TimedOutcome['outcome'] | undefined)[];
};

const costsOf = (order: readonly TrialFacts[]): Float64Array | undefined =>
  order.some(({ outcome, costUsd }) => outcome !== 'no-verdict' && costUsd === undefined)
    ? undefined
    : Float64Array.from(order, ({ costUsd }) => costUsd ?? 0);

/** A contender's trials by agent time. */
export const rankTrials = (
  contender: string,
  trials: readonly TrialFacts[],
): { readonly ranked: RankedTrials; readonly order: readonly TrialFacts[] } => {
  const order = trials.toSorted(
    (left, right) => (left.agentMs ?? Number.POSITIVE_INFINITY) - (right.agentMs ?? Number.POSITIVE_INFINITY) || 0,
  );
  const ranked = {
    contender,
    times: Float64Array.from(order, ({ agentMs }) => agentMs ?? Number.NaN),
    outcomes: order.map(({ outcome }) => outcome),
    costs: costsOf(order),
    observed: order.map((trial) => observe(trial)?.outcome),
  };
  return { ranked, order };
};

/** The value at a rank (counted from 0) among the judged times of a resample. */
const timeAtRank = ({ times, outcomes }: RankedTrials, drawn: Uint16Array, rank: number): number => {
  let before = 0;
  for (let place = 0; place < times.length; place++) {
    if (outcomes[place] === 'no-verdict') continue;
    before += elementAt(drawn, place);
    if (before > rank) return elementAt(times, place);
  }
  return Number.NaN;
};

/** Pass rate, agent times and costs of the judged trials of a resample; `drawn` says how often each ranked trial is in it. */
export const pointOfResample = (ranked: RankedTrials, drawn: Uint16Array): ContenderPoint => {
  let [judged, resolved, timed, total, cost] = [0, 0, 0, 0, 0];
  for (let place = 0; place < drawn.length; place++) {
    const times = elementAt(drawn, place);
    const outcome = ranked.outcomes[place];
    if (times === 0 || outcome === 'no-verdict') continue;
    judged += times;
    if (outcome === 'resolved') resolved += times;
    cost += times * (ranked.costs?.[place] ?? 0);
    const ms = elementAt(ranked.times, place);
    if (Number.isNaN(ms)) continue;
    timed += times;
    total += times * ms;
  }
  const middle = (timed - 1) / 2;
  const costOver = (parts: number) => (ranked.costs === undefined || parts === 0 ? undefined : cost / parts);
  return {
    passRate: judged === 0 ? undefined : resolved / judged,
    median:
      timed === 0
        ? undefined
        : (timeAtRank(ranked, drawn, Math.floor(middle)) + timeAtRank(ranked, drawn, Math.ceil(middle))) / 2,
    mean: timed === 0 ? undefined : total / timed,
    'per-solved': resolved === 0 ? undefined : total / resolved,
    'cost-per-trial': costOver(judged),
    'cost-per-solved': costOver(resolved),
  };
};

/**
 * The share solved by each time of a grid (ascending) in a resample: the Aalen–Johansen estimate of `measure/survival/cumulative-incidence`, walked
 * along the ranked trials.
 */
export const solvedOnGrid = (
  { times, observed }: RankedTrials,
  drawn: Uint16Array,
  grid: Float64Array,
): Float64Array => {
  const levels = new Float64Array(grid.length);
  let atRisk = 0;
  for (let place = 0; place < drawn.length; place++)
    if (observed[place] !== undefined) atRisk += elementAt(drawn, place);
  let [pending, value, place] = [1, 0, 0];
  for (let step = 0; step < grid.length; step++) {
    const limit = elementAt(grid, step);
    while (place < times.length && elementAt(times, place) <= limit) {
      const now = elementAt(times, place);
      let [events, competing, censored] = [0, 0, 0];
      for (; place < times.length && elementAt(times, place) === now; place++) {
        const count = elementAt(drawn, place);
        if (observed[place] === 'event') events += count;
        else if (observed[place] === 'competing') competing += count;
        else if (observed[place] === 'censored') censored += count;
      }
      if (events + competing > 0) {
        value += (pending * events) / atRisk;
        pending *= 1 - (events + competing) / atRisk;
      }
      atRisk -= events + competing + censored;
    }
    levels[step] = value;
  }
  return levels;
};
