import { type Clusters, clusteredMean } from '../../measure/cluster/clustered-mean.ts';
import { varianceComponents } from '../../measure/cluster/variance-components.ts';
import { pairByTask } from '../../measure/paired/pair-by-task.ts';
import { elementAt } from '../../measure/sample/element-at.ts';
import { mean, standardDeviation, variance } from '../../measure/sample/moments.ts';
import type { MeasuredTrial } from '../evidence/measurable.ts';
import type { MeasuredRun } from '../runs/measured-run.ts';
import { byTask, judgedOf, score } from '../trials.ts';

/** Where a number comes from: a pilot run, or nowhere but our defaults. */
export type Origin = 'pilot' | 'assumed';

/** What is expected of one contender's trials. Times in milliseconds. */
export type ContenderAssumption = {
  readonly contender: string;
  readonly origin: Origin;
  readonly passRate: number;
  /** Share of the variance of 0/1 scores that lies between tasks. */
  readonly icc: number;
  readonly wallMs: number;
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
};

/** How two contenders are expected to differ from task to task. */
export type PairAssumption = {
  readonly origin: Origin;
  /** ω²: variance over tasks of the difference of the two true task scores. */
  readonly differenceVariance: number;
  /** Standard deviation over tasks of the logarithm of the ratio of their times. */
  readonly logTimeDeviation: number;
};

/**
 * Without a pilot. ω² = 1/9 is Miller's (2024, arXiv 2411.00640); an ICC of 0.6 is typical of agentic suites; the times and tokens are a guess
 * that a pilot should replace.
 */
export const defaults = {
  passRate: 0.6,
  icc: 0.6,
  wallMs: 5 * 60_000,
  inputTokens: 250_000,
  outputTokens: 10_000,
  differenceVariance: 1 / 9,
  logTimeDeviation: 0.6,
} as const;

const assumed = (contender: string): ContenderAssumption => ({
  contender,
  origin: 'assumed',
  passRate: defaults.passRate,
  icc: defaults.icc,
  wallMs: defaults.wallMs,
  inputTokens: defaults.inputTokens,
  outputTokens: defaults.outputTokens,
});

const trialsOf = (run: MeasuredRun | undefined, contender: string): readonly MeasuredTrial[] =>
  run?.trials.filter((trial) => trial.contender === contender) ?? [];

const scoresOf = (trials: readonly MeasuredTrial[]): ReadonlyMap<string, readonly number[]> =>
  new Map([...byTask(judgedOf(trials))].map(([key, members]) => [key, members.flatMap((trial) => score(trial) ?? [])]));

/** The share of variance between tasks, where the pilot repeats tasks and scores vary. */
const iccOf = (clusters: Clusters): number => {
  const found = varianceComponents(clusters)?.intraClusterCorrelation;
  return found === undefined ? defaults.icc : Math.min(1, Math.max(0, found));
};

/** A rate of 0 or 1 in a small pilot does not mean that nothing will vary. */
const tempered = (rate: number, nTasks: number): number => (rate * nTasks + 0.5) / (nTasks + 1);

/** What to expect of a contender: as the pilot was, else the defaults. */
export const assumeContender = (contender: string, pilot: MeasuredRun | undefined): ContenderAssumption => {
  const trials = trialsOf(pilot, contender);
  const clusters = [...scoresOf(trials).values()];
  const rate = clusteredMean(clusters)?.mean;
  const wallMs = mean(trials.map((trial) => trial.wallMs));
  if (rate === undefined || wallMs === undefined) return assumed(contender);
  return {
    contender,
    origin: 'pilot',
    passRate: tempered(rate, clusters.length),
    icc: iccOf(clusters),
    wallMs,
    inputTokens: mean(trials.flatMap(({ usage }) => usage.input ?? [])),
    outputTokens: mean(trials.flatMap(({ usage }) => usage.output ?? [])),
  };
};

/** p(1−p)·(1−ICC): the variance of one attempt around its task's true score. */
export const withinVariance = ({ passRate, icc }: Pick<ContenderAssumption, 'passRate' | 'icc'>): number =>
  passRate * (1 - passRate) * (1 - icc);

const timesOf = (trials: readonly MeasuredTrial[]): ReadonlyMap<string, number> =>
  new Map(
    [...byTask(judgedOf(trials))].flatMap(([key, members]) => {
      const time = mean(members.flatMap(({ agentMs }) => agentMs ?? []));
      return time === undefined || time <= 0 ? [] : [[key, time] as const];
    }),
  );

/** What to expect of two contenders on the same tasks: as in the pilot, less what single attempts add by chance; else the defaults. */
export const assumePair = (first: string, second: string, pilot: MeasuredRun | undefined): PairAssumption => {
  const [ours, theirs] = [trialsOf(pilot, first), trialsOf(pilot, second)];
  const scores = pairByTask(scoresOf(ours), scoresOf(theirs));
  const rates = (side: readonly (readonly number[])[]) => side.map((attempts) => mean(attempts) ?? 0);
  const theirRates = rates(scores.second);
  const spread = variance(rates(scores.first).map((rate, i) => rate - elementAt(theirRates, i)));
  const times = pairByTask(timesOf(ours), timesOf(theirs));
  const deviation = standardDeviation(times.first.map((time, i) => Math.log(time / elementAt(times.second, i))));
  if (spread === undefined || deviation === undefined)
    return {
      origin: 'assumed',
      differenceVariance: defaults.differenceVariance,
      logTimeDeviation: defaults.logTimeDeviation,
    };
  const attempts = (side: readonly (readonly number[])[]) => mean(side.map((members) => members.length)) ?? 1;
  const byChance =
    withinVariance(assumeContender(first, pilot)) / attempts(scores.first) +
    withinVariance(assumeContender(second, pilot)) / attempts(scores.second);
  return { origin: 'pilot', differenceVariance: Math.max(0, spread - byChance), logTimeDeviation: deviation };
};
