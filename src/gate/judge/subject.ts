import type { Measurable } from '../../analysis/evidence/measurable.ts';
import { measurables } from '../../analysis/evidence/measurables.ts';
import { type Population, withoutVerdict } from '../../analysis/evidence/population.ts';
import { labelIn, type MeasuredRun } from '../../analysis/runs/measured-run.ts';
import { taskKey } from '../../analysis/trials.ts';
import { suggest } from '../../domain/suggest.ts';
import type { KeptProbe } from '../../probe/latency/latency.ts';
import type { Where } from '../file/shapes.ts';
import type { Gate, GateFile } from '../gate.ts';
import type { Check, NotEvaluatedReason } from '../verdict.ts';
import { isAbout, whyNoTask } from './tasks.ts';

/** What gates are judged on: those about tasks on a run, those about single calls on a probe. */
export type GateSources = {
  readonly run?: MeasuredRun | undefined;
  readonly baseline?: MeasuredRun | undefined;
  readonly probe?: KeptProbe | undefined;
};

export type JudgeContext = {
  readonly run: MeasuredRun;
  readonly baseline: MeasuredRun | undefined;
  readonly file: GateFile;
};

/** Why a check could not be made. */
export type Refusal = { readonly reason: NotEvaluatedReason; readonly why: string };

export const isRefusal = (value: object): value is Refusal => 'why' in value;

/** Names of the contenders of a run: those of its manifest, then any others in its log. */
export const contendersOf = ({ contenders, trials }: MeasuredRun): readonly string[] => [
  ...new Set([...contenders.map(({ name }) => name), ...trials.map(({ contender }) => contender)]),
];

/** Planned trials on the gate's tasks that have no record. Of a task without any record only suite and name are known. */
const pendingOn = (run: MeasuredRun, contender: string, where: Where): Population['pending'] => {
  const facts = new Map(run.tasks.map((task) => [taskKey(task), task]));
  return run.pending.filter((entry) => {
    if (entry.contender !== contender) return false;
    const known = facts.get(taskKey(entry));
    if (known !== undefined) return isAbout(where, known);
    const { suite, task } = where;
    const named = { ...(suite && { suite }), ...(task && { task }) };
    return isAbout(named, { ...entry, difficulty: 'unknown', category: '', tags: [] });
  });
};

/** The trials of one contender that a gate is about, or why there are none. */
export const populationOf = (
  run: MeasuredRun,
  contender: string,
  { gate, file }: { readonly gate: Gate; readonly file: GateFile },
): Population | Refusal => {
  const known = contendersOf(run);
  if (!known.includes(contender)) {
    const meant = suggest(contender, known);
    return {
      reason: 'contender-missing',
      why: `run ${run.runId} has no contender ${contender}; ${meant === undefined ? `it has ${known.join(', ') || 'none'}` : `did you mean ${meant}?`}`,
    };
  }
  const tasks = new Set(run.tasks.filter((task) => isAbout(gate.where, task)).map(taskKey));
  const pending = pendingOn(run, contender, gate.where);
  if (tasks.size === 0 && pending.length === 0)
    return run.trials.length === 0
      ? { reason: 'no-trials', why: `run ${run.runId} has no trial` }
      : { reason: 'no-task', why: whyNoTask(gate.where, run.tasks) };
  const trials = run.trials.filter((trial) => trial.contender === contender && tasks.has(taskKey(trial)));
  if (trials.length === 0)
    return { reason: 'no-trials', why: `${contender} has no trial on these tasks in run ${run.runId}` };
  return { trials, pending, policy: file.policy };
};

/** Refuses what is not finished: looking before the end, and stopping when one likes what one sees, proves nothing. */
export const unfinished = (file: GateFile, ...populations: readonly Population[]): Refusal | undefined => {
  const pending = populations.reduce((sum, population) => sum + population.pending.length, 0);
  const recorded = populations.reduce((sum, population) => sum + population.trials.length, 0);
  if (!file.refusesUnfinished || pending === 0) return undefined;
  return {
    reason: 'unfinished',
    why: `the run is not finished: ${pending} of ${pending + recorded} planned trials have no record; go on with \`tacho resume\`, or say in trials_without_a_verdict what missing trials are`,
  };
};

/** The metric that a gate names, with the parameters that it needs. */
export const metricOf = (gate: Exclude<Gate, { readonly kind: 'solved' }>): Measurable => {
  const found = measurables({ withinMs: gate.withinMs }).find(({ name }) => name === gate.metric);
  if (found === undefined) throw new RangeError(`no metric ${gate.metric}`);
  return found;
};

/** A check that could not be made. */
export const notEvaluated = (
  contender: string,
  { why, reason }: Refusal,
  { label, against }: { readonly label: string; readonly against?: string | undefined },
): Check => ({
  contender,
  label,
  against,
  verdict: 'not_evaluated',
  reason,
  finding: why,
  nTasks: 0,
  nTrials: 0,
  withoutVerdict: { excluded: 0, countedAsFailed: 0 },
  notes: [],
});

/** What every check tells about its trials. */
export const populationFacts = (
  run: MeasuredRun,
  contender: string,
  populations: readonly Population[],
): Pick<Check, 'contender' | 'label' | 'withoutVerdict'> => {
  const parts = populations.map(withoutVerdict);
  return {
    contender,
    label: labelIn(run, contender),
    withoutVerdict: {
      excluded: parts.reduce((sum, { excluded }) => sum + excluded, 0),
      countedAsFailed: parts.reduce((sum, { countedAsFailed }) => sum + countedAsFailed, 0),
    },
  };
};

/** Said of times and rates where trials that count had a clock that is not to be trusted. */
export const clockNotes = (
  { unit }: Pick<Measurable, 'unit'>,
  ...populations: readonly Population[]
): readonly string[] => {
  const judged = populations.flatMap(({ trials }) => trials).filter(({ outcome }) => outcome !== 'no-verdict');
  const degraded = judged.filter((trial) => trial.degraded).length;
  return degraded === 0 || (unit !== 's' && unit !== 'tokens/s')
    ? []
    : [`the clock is not to be trusted in ${degraded} of ${judged.length} trials (degraded)`];
};
