import { type SegmentName, segmentNames } from '../../domain/trial.ts';
import { percentileInterval } from '../../measure/bootstrap/percentile-interval.ts';
import { contenderMetrics } from '../../measure/catalogue/contender-metrics.ts';
import { type AttemptCount, meanPassAtK, meanPassHatK } from '../../measure/rate/pass-at-k.ts';
import { type PassRateInterval, passRateInterval } from '../../measure/rate/pass-rate-interval.ts';
import { type PassRateTreatments, passRateTreatments } from '../../measure/rate/verdict-counts.ts';
import { mean } from '../../measure/sample/moments.ts';
import type { TrialFacts } from '../../measure/trial-facts.ts';
import { type ContenderPoint, type Estimate, type FrontierAxis, frontierAxes } from '../estimate.ts';
import { byTask, clusters, judgedOf, score } from '../trials.ts';

/** How steady a contender is over its attempts at the same task; needs at least two judged attempts of every task. */
export type Reliability = {
  readonly k: number;
  /** pass^k: the chance that k attempts are all resolved. */
  readonly always: number;
  readonly mean: number;
  /** pass@k: the chance that at least one of k is. */
  readonly ever: number;
};

/** One contender over a selection of tasks. */
export type ContenderSummary = {
  readonly contender: string;
  readonly nTasks: number;
  readonly nTrials: number;
  readonly resolved: number;
  readonly unresolved: number;
  readonly withoutVerdict: number;
  readonly timeLimits: number;
  readonly passRate?: PassRateInterval | undefined;
  readonly treatments?: PassRateTreatments | undefined;
  /** Agent time in milliseconds or cost in US dollars under each statistic; undefined where it does not exist (nothing solved, not known). */
  readonly spent: Readonly<Record<FrontierAxis, Estimate | undefined>>;
  readonly reliability?: Reliability | undefined;
  /** Mean milliseconds a judged trial spent in each exclusive segment; they add up to the mean wall-clock. */
  readonly anatomy: Readonly<Record<SegmentName, number>>;
  /** The catalogue's contender metrics by id, in their published units. */
  readonly metrics: Readonly<Record<string, number | undefined>>;
};

const countOf = (trials: readonly TrialFacts[]): AttemptCount => ({
  attempts: trials.length,
  resolved: trials.filter(({ outcome }) => outcome === 'resolved').length,
});

const reliabilityOf = (judged: readonly TrialFacts[]): Reliability | undefined => {
  const counts = [...byTask(judged).values()].map(countOf);
  const k = Math.min(...counts.map(({ attempts }) => attempts));
  if (counts.length === 0 || k < 2) return undefined;
  const [always, ever] = [meanPassHatK(counts, k), meanPassAtK(counts, k)];
  const middle = mean(counts.map(({ attempts, resolved }) => resolved / attempts));
  return always === undefined || ever === undefined || middle === undefined
    ? undefined
    : { k, always, mean: middle, ever };
};

const anatomyOf = (judged: readonly TrialFacts[]): Readonly<Record<SegmentName, number>> =>
  Object.fromEntries(
    segmentNames.map((name) => [name, mean(judged.map(({ segments }) => segments[name])) ?? 0]),
  ) as Record<SegmentName, number>;

/** A contender's share of the joint bootstrap: its point, and its points in the replicates. */
export type ResampledPoints = {
  readonly point: ContenderPoint;
  readonly replicates: readonly (ContenderPoint | undefined)[];
};

const spentOf = ({ point, replicates }: ResampledPoints): ContenderSummary['spent'] => {
  const estimate = (axis: FrontierAxis): Estimate | undefined => {
    const value = point[axis];
    const interval = percentileInterval(replicates.map((replicate) => replicate?.[axis]));
    return value === undefined
      ? undefined
      : { value, interval: interval && { low: interval.low, high: interval.high } };
  };
  return Object.fromEntries(frontierAxes.map((axis) => [axis, estimate(axis)])) as ContenderSummary['spent'];
};

/** Everything the report says about one contender, from its counted trials and its points in the joint bootstrap. */
export const summariseContender = (
  contender: string,
  { trials, points }: { readonly trials: readonly TrialFacts[]; readonly points: ResampledPoints },
): ContenderSummary => {
  const judged = judgedOf(trials);
  const { resolved } = countOf(judged);
  const counts = { resolved, unresolved: judged.length - resolved, withoutVerdict: trials.length - judged.length };
  return {
    contender,
    nTasks: byTask(trials).size,
    nTrials: trials.length,
    ...counts,
    timeLimits: trials.filter(({ stop }) => stop === 'time-limit').length,
    passRate: passRateInterval(clusters(judged, score)),
    treatments: passRateTreatments(counts),
    spent: spentOf(points),
    reliability: reliabilityOf(judged),
    anatomy: anatomyOf(judged),
    metrics: Object.fromEntries(contenderMetrics.map(({ id, compute }) => [id, compute(trials)])),
  };
};
