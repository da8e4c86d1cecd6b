import { contrast } from '../../analysis/evidence/contrast.ts';
import { type Absent, type Evidence, isAbsent } from '../../analysis/evidence/evidence.ts';
import type { Measurable } from '../../analysis/evidence/measurable.ts';
import { excludeAll, type Population } from '../../analysis/evidence/population.ts';
import { valueEvidence } from '../../analysis/evidence/value.ts';
import { assumeContender, assumePair } from '../../analysis/planning/assumptions.ts';
import { type Design, pairedVariances, rateError } from '../../analysis/planning/run-plan.ts';
import type { MeasuredRun } from '../../analysis/runs/measured-run.ts';
import { taskKey } from '../../analysis/trials.ts';
import { normalCdf } from '../../measure/distribution/normal.ts';
import { pairedStandardError } from '../../measure/power/paired-means.ts';
import { baselineWord, type ComparisonGate, type ValueGate } from '../gate.ts';
import { isAbout } from '../judge/tasks.ts';

/** What a gate's number is expected to be and to vary, in its own scale or, for ratios, that of logarithms. */
export type Spread = {
  readonly scale: 'value' | 'difference' | 'ratio' | 'beyond-factor';
  readonly limit: number;
  /** The true value that the outlook is about, and who has it. */
  readonly truth: number;
  readonly who: string;
  readonly standardError: number;
};

/** Why nothing can be said beforehand. */
export type Unknown = { readonly why: string };

export type OutlookContext = { readonly design: Design; readonly pilot: MeasuredRun | undefined };

type Subject = { readonly metric: Measurable; readonly contender: string; readonly nTasks: number };

const needsPilot = (metric: Measurable): Unknown => ({
  why: `how much ${metric.name} varies is not known beforehand; give a pilot run with --pilot`,
});

const populationIn = (pilot: MeasuredRun, contender: string, gate: ValueGate | ComparisonGate): Population => {
  const keys = new Set(pilot.tasks.filter((task) => isAbout(gate.where, task)).map(taskKey));
  const trials = pilot.trials.filter((trial) => trial.contender === contender && keys.has(taskKey(trial)));
  return { trials, pending: [], policy: excludeAll };
};

/** One standard error of the pilot's evidence, for as many tasks as are planned; ratios as logarithms. */
const scaledError = (evidence: Evidence, nTasks: number, isRatio: boolean): number | undefined => {
  const { lower, upper } = evidence.bounds?.(normalCdf(1)) ?? { lower: Number.NaN, upper: Number.NaN };
  const width = isRatio ? Math.log(upper / lower) : upper - lower;
  const error = (width / 2) * Math.sqrt(evidence.nTasks / nTasks);
  return Number.isFinite(error) && error > 0 ? error : undefined;
};

const fromPilot = (
  found: (Evidence & { readonly scale?: Spread['scale']; readonly limit?: number }) | Absent,
  { metric, nTasks }: Subject,
): (Evidence & { readonly standardError: number }) | Unknown => {
  if (isAbsent(found)) return { why: `the pilot does not tell: ${found.absent}` };
  const standardError = scaledError(found, nTasks, found.scale === 'ratio');
  return standardError === undefined
    ? { why: `the pilot has too few tasks or values of ${metric.name} to tell how much it varies` }
    : { ...found, standardError };
};

/** What a value gate's metric is expected to be. */
export const valueSpread = (gate: ValueGate, subject: Subject, { design, pilot }: OutlookContext): Spread | Unknown => {
  const { metric, contender, nTasks } = subject;
  const { limit } = gate;
  if (metric.kind === 'frontier' || metric.kind === 'probe') return { why: `${metric.name} cannot be planned` };
  if (metric.name === 'pass_rate') {
    const assumption = assumeContender(contender, pilot);
    const standardError = rateError(assumption, { nTasks, attempts: design.attempts });
    const who = assumption.origin === 'pilot' ? 'a model as in the pilot' : 'a model as assumed';
    return { scale: 'value', limit, truth: assumption.passRate, who, standardError };
  }
  if (pilot === undefined) return needsPilot(metric);
  const found = fromPilot(valueEvidence(metric, populationIn(pilot, contender, gate), gate.statistic), subject);
  if ('why' in found) return found;
  return {
    scale: 'value',
    limit,
    truth: found.observed,
    who: 'a model as in the pilot',
    standardError: found.standardError,
  };
};

const passRateSpread = (
  gate: ComparisonGate,
  { contender, nTasks }: Subject,
  { design, pilot }: OutlookContext,
): Spread => {
  const isBaseline = gate.against === baselineWord;
  const other = isBaseline ? contender : gate.against;
  const sides = { first: assumeContender(contender, pilot), second: assumeContender(other, pilot) };
  // The same model twice has the same true scores; two equally good ones are good at different tasks.
  const { differenceVariance } = isBaseline ? { differenceVariance: 0 } : assumePair(contender, other, pilot);
  const who = isBaseline ? 'an unchanged model' : 'an equally good model';
  const variances = pairedVariances(
    { first: sides.first, second: isBaseline ? sides.first : sides.second },
    { differenceVariance, attempts: design.attempts },
  );
  if (gate.form.kind === 'difference')
    return {
      scale: 'difference',
      limit: gate.form.margin,
      truth: 0,
      who,
      standardError: pairedStandardError(variances, nTasks),
    };
  const { factor } = gate.form;
  const { passRate, icc } = sides.first;
  const scaled = {
    ...variances,
    betweenTasks: differenceVariance + (1 - factor) ** 2 * passRate * (1 - passRate) * icc,
    withinSecond: variances.withinSecond * factor ** 2,
  };
  return {
    scale: 'beyond-factor',
    limit: 0,
    truth: (1 - factor) * passRate,
    who,
    standardError: pairedStandardError(scaled, nTasks),
  };
};

/** How two equal contenders are expected to compare. */
export const comparisonSpread = (gate: ComparisonGate, subject: Subject, context: OutlookContext): Spread | Unknown => {
  const { metric, contender, nTasks } = subject;
  const { pilot } = context;
  if (metric.kind === 'probe') return { why: `${metric.name} cannot be planned` };
  if (metric.name === 'pass_rate') return passRateSpread(gate, subject, context);
  const isBaseline = gate.against === baselineWord;
  if (pilot !== undefined && !isBaseline) {
    const sides = { first: populationIn(pilot, contender, gate), second: populationIn(pilot, gate.against, gate) };
    const compared = contrast(metric, sides, { form: gate.form, statistic: gate.statistic });
    const found = fromPilot(compared, subject);
    if ('why' in found || isAbsent(compared)) return 'why' in found ? found : needsPilot(metric);
    const { scale, limit } = compared;
    const truth = scale === 'ratio' ? 1 : 0;
    return { scale, limit, truth, who: 'an equally good model', standardError: found.standardError };
  }
  if (metric.unit !== 's' || gate.form.kind !== 'factor' || isBaseline) return needsPilot(metric);
  const { logTimeDeviation } = assumePair(contender, gate.against, pilot);
  const limit = metric.better === 'lower' ? 1 / gate.form.factor : gate.form.factor;
  const standardError = logTimeDeviation / Math.sqrt(nTasks);
  return { scale: 'ratio', limit, truth: 1, who: 'an equally fast model', standardError };
};
