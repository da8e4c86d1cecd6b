import { contrast } from '../evidence/contrast.ts';
import type { Contrast, ContrastForm } from '../evidence/contrast-form.ts';
import { isAbsent } from '../evidence/evidence.ts';
import type { Measurable } from '../evidence/measurable.ts';
import { measurables } from '../evidence/measurables.ts';
import { excludeAll, type Population } from '../evidence/population.ts';
import { taskKey } from '../trials.ts';
import { type Compatibility, compatibility } from './compatibility.ts';
import { narrowIdentity } from './identity.ts';
import { labelIn, type MeasuredRun } from './measured-run.ts';

/** Which metrics are compared, and how: shares by difference, times, costs and rates by ratio. */
const compared: readonly (readonly [name: string, form: ContrastForm])[] = [
  ['pass_rate', { kind: 'difference', margin: 0 }],
  ['agent_time', { kind: 'factor', factor: 1 }],
  ['wall_time', { kind: 'factor', factor: 1 }],
  ['time_per_solved', { kind: 'factor', factor: 1 }],
  ['cost', { kind: 'factor', factor: 1 }],
  ['cost_per_solved', { kind: 'factor', factor: 1 }],
  ['ttft', { kind: 'factor', factor: 1 }],
  ['decode_tokens_per_s', { kind: 'factor', factor: 1 }],
  ['output_tokens', { kind: 'factor', factor: 1 }],
  ['steps', { kind: 'difference', margin: 0 }],
  ['infra_error_rate', { kind: 'difference', margin: 0 }],
];

/** The turn metrics that a comparison needs of the logs. */
export const comparedTurnMetrics: readonly string[] = ['ttft'];

/** One metric of a pair: how much better the second is than the first, with a two-sided interval. */
export type ComparedMetric = Pick<Measurable, 'name' | 'label' | 'unit' | 'better'> &
  (
    | { readonly absent: string }
    | {
        readonly scale: Contrast['scale'];
        readonly values: { readonly first: number; readonly second: number };
        readonly advantage: number;
        readonly low: number;
        readonly high: number;
        readonly method: string;
        readonly nTasks: number;
      }
  );

export type TaskOverlap = {
  readonly common: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** In both runs, but not the same task any more: its digest differs. Left out. */
  readonly changed: number;
  /** Common ÷ all. */
  readonly overlap: number;
};

export type PairComparison = {
  readonly first: string;
  readonly second: string;
  /** Their names with what must be said beside them: simulated, replayed. */
  readonly labels: ContenderPair;
  readonly tasks: TaskOverlap;
  readonly metrics: readonly ComparedMetric[];
};

/** Two runs side by side, contender by contender; the first is the old one. */
export type RunComparison = {
  readonly first: Pick<MeasuredRun, 'runId' | 'name'>;
  readonly second: Pick<MeasuredRun, 'runId' | 'name'>;
  readonly confidence: number;
  readonly compatibility: Compatibility;
  readonly pairs: readonly PairComparison[];
};

/** Contenders to compare: their names in the first and in the second run. */
export type ContenderPair = { readonly first: string; readonly second: string };

/** Every contender that both runs have. */
export const sameNames = (first: MeasuredRun, second: MeasuredRun): readonly ContenderPair[] => {
  const theirs = new Set(second.contenders.map(({ name }) => name));
  return first.contenders.flatMap(({ name }) => (theirs.has(name) ? [{ first: name, second: name }] : []));
};

const tasksOf = (run: MeasuredRun, contender: string): ReadonlySet<string> =>
  new Set(run.trials.filter((trial) => trial.contender === contender).map(taskKey));

const overlapOf = (
  runs: { readonly first: MeasuredRun; readonly second: MeasuredRun },
  pair: ContenderPair,
): TaskOverlap & { readonly keys: ReadonlySet<string> } => {
  const [ours, theirs] = [tasksOf(runs.first, pair.first), tasksOf(runs.second, pair.second)];
  const both = [...ours].filter((key) => theirs.has(key));
  const isSame = (key: string) =>
    runs.first.identity.tasks.get(key)?.digest === runs.second.identity.tasks.get(key)?.digest;
  const keys = new Set(both.filter(isSame));
  const all = ours.size + theirs.size - both.length;
  return {
    keys,
    common: keys.size,
    onlyFirst: ours.size - both.length,
    onlySecond: theirs.size - both.length,
    changed: both.length - keys.size,
    overlap: all === 0 ? 0 : keys.size / all,
  };
};

const populationOf = (run: MeasuredRun, contender: string, keys: ReadonlySet<string>): Population => ({
  trials: run.trials.filter((trial) => trial.contender === contender && keys.has(taskKey(trial))),
  pending: [],
  policy: excludeAll,
});

/** The second against the first: positive is better for the second. */
const compareMetric = (
  [name, form]: (typeof compared)[number],
  sides: { readonly old: Population; readonly now: Population },
  confidence: number,
): ComparedMetric => {
  const metric = measurables().find((candidate) => candidate.name === name);
  if (metric === undefined) throw new RangeError(`no metric ${name}`);
  const { label, unit, better } = metric;
  const described = { name, label, unit, better };
  const found = contrast(metric, { first: sides.now, second: sides.old }, { form });
  if (isAbsent(found)) return { ...described, absent: found.absent };
  const { scale, values, observed, method, nTasks } = found;
  const bounds = found.bounds?.((1 + confidence) / 2) ?? { lower: Number.NaN, upper: Number.NaN };
  return {
    ...described,
    scale,
    values: { first: values.second, second: values.first },
    advantage: observed,
    low: bounds.lower,
    high: bounds.upper,
    method,
    nTasks,
  };
};

/** Compares contenders of two runs, paired by the tasks that both ran and that did not change in between. */
export const compareRuns = (
  first: MeasuredRun,
  second: MeasuredRun,
  { pairs, confidence = 0.95 }: { readonly pairs: readonly ContenderPair[]; readonly confidence?: number },
): RunComparison => {
  const found = pairs.map((pair) => {
    const { keys, ...tasks } = overlapOf({ first, second }, pair);
    const sides = { old: populationOf(first, pair.first, keys), now: populationOf(second, pair.second, keys) };
    const labels = { first: labelIn(first, pair.first), second: labelIn(second, pair.second) };
    return {
      keys,
      pair: { ...pair, labels, tasks, metrics: compared.map((row) => compareMetric(row, sides, confidence)) },
    };
  });
  const keys = new Set(found.flatMap((entry) => [...entry.keys]));
  return {
    first: { runId: first.runId, name: first.name },
    second: { runId: second.runId, name: second.name },
    confidence,
    compatibility: compatibility(narrowIdentity(first.identity, keys), narrowIdentity(second.identity, keys), pairs),
    pairs: found.map(({ pair }) => pair),
  };
};
