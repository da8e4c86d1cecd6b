import type { EndpointDescription } from '../../domain/run.ts';
import { binaryVariances, plannedStandardError } from '../../measure/cluster/planned-error.ts';
import { normalQuantile, twoSidedZ } from '../../measure/distribution/normal.ts';
import { minimumDetectableDifference, type PairedVariances } from '../../measure/power/paired-means.ts';
import { sum } from '../../measure/sample/moments.ts';
import type { TaskFacts } from '../../measure/trial-facts.ts';
import type { MeasuredRun } from '../runs/measured-run.ts';
import {
  assumeContender,
  assumePair,
  type ContenderAssumption,
  defaults,
  type Origin,
  withinVariance,
} from './assumptions.ts';
import { type ExpectedCost, planCost, totalCost } from './cost.ts';

/** What is to be run. */
export type Design = {
  readonly tasks: readonly TaskFacts[];
  readonly contenders: readonly string[];
  /** What each contender may call, with its prices. */
  readonly endpointsOf: (contender: string) => readonly Pick<EndpointDescription, 'id' | 'prices'>[];
  readonly attempts: number;
  readonly concurrency: number;
};

/** What one contender will take and tell. Times in milliseconds. */
export type ContenderPlan = ContenderAssumption & {
  readonly trials: number;
  /** Half of the 95% interval of its pass rate. */
  readonly halfWidth: number;
  readonly inputTotal: number | undefined;
  readonly outputTotal: number | undefined;
  readonly costUsd: ExpectedCost | { readonly unknown: string };
};

/** The smallest differences between two contenders that will be found four times in five. */
export type PairPlan = {
  readonly first: string;
  readonly second: string;
  readonly origin: Origin;
  /** Of pass rates, 0…1. */
  readonly passRateDifference: number;
  /** Of times: times as fast. */
  readonly timeRatio: number;
};

export type RunPlan = {
  readonly design: Omit<Design, 'tasks' | 'endpointsOf'>;
  readonly suites: readonly { readonly suite: string; readonly tasks: number }[];
  readonly nTasks: number;
  readonly trials: number;
  readonly wallMs: number;
  /** Of all trials. */
  readonly costUsd: ExpectedCost | { readonly unknown: string };
  readonly pilot: { readonly runId: string } | undefined;
  readonly contenders: readonly ContenderPlan[];
  readonly pairs: readonly PairPlan[];
};

export const alpha = 0.05;
export const power = 0.8;

/** Variances of a paired comparison of pass rates in this design. */
export const pairedVariances = (
  sides: { readonly first: ContenderAssumption; readonly second: ContenderAssumption },
  { differenceVariance, attempts }: { readonly differenceVariance: number; readonly attempts: number },
): PairedVariances => ({
  betweenTasks: differenceVariance,
  withinFirst: withinVariance(sides.first),
  withinSecond: withinVariance(sides.second),
  attemptsFirst: attempts,
  attemptsSecond: attempts,
});

/** Standard error to expect of one contender's pass rate. */
export const rateError = (
  { passRate, icc }: Pick<ContenderAssumption, 'passRate' | 'icc'>,
  { nTasks, attempts }: { readonly nTasks: number; readonly attempts: number },
): number => plannedStandardError({ nTasks, attempts, ...binaryVariances(passRate, icc) });

const times = (count: number, value: number | undefined): number | undefined =>
  value === undefined ? undefined : count * value;

const planContender = (
  assumption: ContenderAssumption,
  design: Design,
  pilot: MeasuredRun | undefined,
): ContenderPlan => {
  const { tasks, attempts, endpointsOf } = design;
  const { contender, origin, inputTokens, outputTokens } = assumption;
  const trials = tasks.length * attempts;
  return {
    ...assumption,
    trials,
    halfWidth: twoSidedZ(1 - alpha) * rateError(assumption, { nTasks: tasks.length, attempts }),
    inputTotal: times(trials, inputTokens),
    outputTotal: times(trials, outputTokens),
    costUsd: planCost(trials, {
      endpoints: endpointsOf(contender),
      pilot: origin === 'pilot' ? pilot?.trials.filter((trial) => trial.contender === contender) : undefined,
      tokens: { input: defaults.inputTokens, output: defaults.outputTokens },
    }),
  };
};

const planPair = (
  first: ContenderAssumption,
  second: ContenderAssumption,
  { design, pilot }: { readonly design: Design; readonly pilot: MeasuredRun | undefined },
): PairPlan => {
  const { origin, differenceVariance, logTimeDeviation } = assumePair(first.contender, second.contender, pilot);
  const nTasks = design.tasks.length;
  const variances = pairedVariances({ first, second }, { differenceVariance, attempts: design.attempts });
  const reach = normalQuantile(1 - alpha / 2) + normalQuantile(power);
  return {
    first: first.contender,
    second: second.contender,
    origin,
    passRateDifference: minimumDetectableDifference(variances, nTasks, { alpha, power }),
    timeRatio: Math.exp((reach * logTimeDeviation) / Math.sqrt(nTasks)),
  };
};

/** What a run will take and what it will be able to tell, from a pilot where there is one. */
export const planRun = (design: Design, { pilot }: { readonly pilot?: MeasuredRun | undefined } = {}): RunPlan => {
  const assumptions = design.contenders.map((contender) => assumeContender(contender, pilot));
  const contenders = assumptions.map((assumption) => planContender(assumption, design, pilot));
  const suites = Map.groupBy(design.tasks, ({ suite }) => suite);
  const { tasks, endpointsOf: _endpointsOf, ...rest } = design;
  return {
    design: rest,
    suites: [...suites].map(([suite, members]) => ({ suite, tasks: members.length })),
    nTasks: tasks.length,
    trials: sum(contenders.map(({ trials }) => trials)),
    wallMs: sum(contenders.map(({ trials, wallMs }) => trials * wallMs)) / design.concurrency,
    costUsd: totalCost(contenders.map(({ costUsd }) => costUsd)),
    pilot: pilot && { runId: pilot.runId },
    contenders,
    pairs: assumptions.flatMap((first, i) =>
      assumptions.slice(i + 1).map((second) => planPair(first, second, { design, pilot })),
    ),
  };
};
