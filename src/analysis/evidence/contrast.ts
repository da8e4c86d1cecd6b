import { pairByTask } from '../../measure/paired/pair-by-task.ts';
import { passRateDifference } from '../../measure/paired/pass-rate-difference.ts';
import { taskDifference } from '../../measure/paired/task-difference.ts';
import { speedUp } from '../../measure/ratio/speed-up.ts';
import { elementAt } from '../../measure/sample/element-at.ts';
import { mean } from '../../measure/sample/moments.ts';
import { judgedOf, taskKey } from '../trials.ts';
import { type Arithmetic, betterFirst, type Contrast, type ContrastForm, type Sides } from './contrast-form.ts';
import { type Absent, type Bounds, unbounded, untold } from './evidence.ts';
import type { Measurable, Quotient, Sample, Share } from './measurable.ts';
import { isUntold, type Population, scoresByTask, sumsByTask, valuesByTask } from './population.ts';
import { resampledContrast } from './resampled-contrast.ts';
import { type Statistic, statisticIn } from './statistic.ts';

const boundsOf = (found: { readonly lowerBound: number; readonly upperBound: number } | undefined): Bounds =>
  found === undefined ? unbounded : { lower: found.lowerBound, upper: found.upperBound };

const byDifference = ({ first, second }: Sides<readonly number[]>): Arithmetic => ({
  observed: mean(first.map((value, i) => value - elementAt(second, i))) ?? 0,
  bounds: (confidence) => boundsOf(taskDifference(first, second, confidence)),
  method: 'mean of task differences, t interval',
});

const byRatio = ({ first, second }: Sides<readonly number[]>): Arithmetic | Absent => {
  if ([...first, ...second].some((value) => !(value > 0)))
    return { absent: 'a task has a value of 0, of which there is no ratio; ask for a difference instead' };
  return {
    observed: Math.exp(mean(first.map((value, i) => Math.log(value / elementAt(second, i)))) ?? 0),
    bounds: (confidence) => boundsOf(speedUp(first, second, confidence)),
    method: 'geometric mean of task ratios, t interval of the logarithms',
  };
};

const byScores = (scores: Sides<readonly (readonly number[])[]>): Arithmetic | Absent => {
  const found = passRateDifference(scores.first, scores.second);
  if (found === undefined) return { absent: 'no task in common' };
  return {
    observed: found.difference,
    bounds: (confidence) => boundsOf(passRateDifference(scores.first, scores.second, confidence)),
    method: found.method === 'paired-t' ? 'mean of task differences, t interval' : 'Tango’s score interval',
  };
};

type Paired<Value> = Sides<readonly Value[]> &
  Pick<Contrast, 'overlap' | 'onlyFirst' | 'onlySecond' | 'nTasks'> & { readonly tasks: readonly string[] };

const pair = <Value>(sides: Sides<ReadonlyMap<string, Value>>): Paired<Value> => {
  const { first, second, tasks, overlap, onlyFirst, onlySecond } = pairByTask(sides.first, sides.second);
  return {
    first,
    second,
    tasks,
    nTasks: tasks.length,
    overlap: overlap ?? 0,
    onlyFirst: onlyFirst.length,
    onlySecond: onlySecond.length,
  };
};

type Found = Pick<Contrast, 'scale' | 'limit' | 'nTrials'> & {
  readonly arithmetic: Arithmetic | Absent;
  readonly values: Sides<number | undefined>;
};

const contrastOf = <Value>(paired: Paired<Value>, { arithmetic, values, ...rest }: Found): Contrast | Absent => {
  const { first, second } = values;
  if (paired.nTasks === 0 || first === undefined || second === undefined)
    return { absent: 'the two have no task in common on which both state it' };
  if ('absent' in arithmetic) return arithmetic;
  const { nTasks, overlap, onlyFirst, onlySecond } = paired;
  return { ...arithmetic, ...rest, values: { first, second }, nTasks, overlap, onlyFirst, onlySecond };
};

/** Shares have no ratio by task: a factor is asked of them as a difference from so many times the other. */
const shareContrast = (share: Share, sides: Sides<Population>, form: ContrastForm): Contrast | Absent => {
  const paired = pair({ first: scoresByTask(share, sides.first), second: scoresByTask(share, sides.second) });
  const lowerIsBetter = share.better === 'lower';
  const rates = (side: readonly (readonly number[])[], factor = 1) =>
    side.map((scores) => factor * (mean(scores) ?? 0));
  const found = {
    values: { first: mean(paired.first.flat()), second: mean(paired.second.flat()) },
    nTrials: paired.first.flat().length + paired.second.flat().length,
  };
  if (form.kind === 'difference') {
    const arithmetic = byScores(betterFirst(lowerIsBetter, paired));
    return contrastOf(paired, { ...found, arithmetic, scale: 'difference', limit: form.margin });
  }
  const scaled = { first: rates(paired.first), second: rates(paired.second, form.factor) };
  const arithmetic = byDifference(betterFirst(lowerIsBetter, scaled));
  return contrastOf(paired, { ...found, arithmetic, scale: 'beyond-factor', limit: 0 });
};

/** The ratio of better to worse at which the first is exactly `factor` times the second. */
const ratioLimit = (factor: number, lowerIsBetter: boolean): number => (lowerIsBetter ? 1 / factor : factor);

type Asked = {
  readonly form: ContrastForm;
  readonly lowerIsBetter: boolean;
  /** Judged trials of both sides on these tasks. */
  readonly trialsOn: (tasks: readonly string[]) => number;
};

const limitOf = ({ form, lowerIsBetter }: Asked): Pick<Contrast, 'scale' | 'limit'> =>
  form.kind === 'difference'
    ? { scale: 'difference', limit: form.margin }
    : { scale: 'ratio', limit: ratioLimit(form.factor, lowerIsBetter) };

const numbersContrast = (sides: Sides<ReadonlyMap<string, number>>, asked: Asked): Contrast | Absent => {
  const paired = pair(sides);
  const ordered = betterFirst(asked.lowerIsBetter, paired);
  return contrastOf(paired, {
    arithmetic: asked.form.kind === 'factor' ? byRatio(ordered) : byDifference(ordered),
    values: { first: mean(paired.first), second: mean(paired.second) },
    nTrials: asked.trialsOn(paired.tasks),
    ...limitOf(asked),
  });
};

const statisticByTask = (sample: Sample, population: Population, statistic: Statistic): ReadonlyMap<string, number> =>
  new Map(
    [...valuesByTask(sample, population)].flatMap(([key, values]) => {
      const value = statisticIn(values, statistic);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );

const quotientContrast = (quotient: Quotient, sides: Sides<Population>, asked: Asked): Contrast | Absent => {
  const [first, second] = [sumsByTask(quotient, sides.first), sumsByTask(quotient, sides.second)];
  if (first === undefined || second === undefined) return untold(quotient);
  if (quotient.pairable) {
    const rates = (sums: typeof first) =>
      new Map(
        [...sums].flatMap(([key, { numerator, denominator }]) =>
          denominator > 0 ? [[key, numerator / denominator] as const] : [],
        ),
      );
    return numbersContrast({ first: rates(first), second: rates(second) }, asked);
  }
  const paired = pair({ first, second });
  const found = resampledContrast(paired, asked);
  return 'absent' in found
    ? found
    : contrastOf(paired, { ...found, nTrials: asked.trialsOn(paired.tasks), ...limitOf(asked) });
};

const judgedOn = (tasks: readonly string[], { trials }: Population): number => {
  const common = new Set(tasks);
  return judgedOf(trials).filter((trial) => common.has(taskKey(trial))).length;
};

/** Compares two contenders, or one with itself in another run, on the tasks that both have values of. */
export const contrast = (
  measurable: Measurable,
  sides: Sides<Population>,
  { form, statistic = 'mean' }: { readonly form: ContrastForm; readonly statistic?: Statistic | undefined },
): Contrast | Absent => {
  const trialsOn = (tasks: readonly string[]) => judgedOn(tasks, sides.first) + judgedOn(tasks, sides.second);
  const asked = { form, lowerIsBetter: measurable.better === 'lower', trialsOn };
  switch (measurable.kind) {
    case 'share':
      return shareContrast(measurable, sides, form);
    case 'sample': {
      if (isUntold(measurable, sides.first) || isUntold(measurable, sides.second)) return untold(measurable);
      const values = (population: Population) => statisticByTask(measurable, population, statistic);
      return numbersContrast({ first: values(sides.first), second: values(sides.second) }, asked);
    }
    case 'quotient':
      return quotientContrast(measurable, sides, asked);
    case 'frontier':
      return { absent: 'a probability of being on the frontier is already a comparison' };
    case 'probe':
      return { absent: 'a probe measures it; the log of a run does not hold it' };
  }
};
