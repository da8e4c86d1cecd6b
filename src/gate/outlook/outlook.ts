import type { Measurable } from '../../analysis/evidence/measurable.ts';
import { type Design, power } from '../../analysis/planning/run-plan.ts';
import { suggest } from '../../domain/suggest.ts';
import { normalQuantile } from '../../measure/distribution/normal.ts';
import { type GateOutlook, nonInferiorityOutlook } from '../../measure/power/non-inferiority.ts';
import { advantageText, valueText } from '../../report/comparison/words.ts';
import { baselineWord, type Gate, type GateFile, type SolvedGate } from '../gate.ts';
import { confidenceOfLook, isTwiceLooked } from '../judge/looks/next-look.ts';
import { isAboutProbe } from '../judge/probe/check.ts';
import { metricOf } from '../judge/subject.ts';
import { isAbout, whyNoTask } from '../judge/tasks.ts';
import { comparisonSpread, type OutlookContext, type Spread, valueSpread } from './spread.ts';

/** How a gate will probably come out, before a trial is run. */
export type GateForecast = {
  readonly gate: string;
  readonly contender: string;
  readonly against?: string | undefined;
  readonly nTasks: number;
  /** Whether an equal model ought to pass: it is not better and not faster. */
  readonly forEqual: boolean;
  /** Whom the chances are about. */
  readonly who?: string | undefined;
  readonly chances?: GateOutlook | undefined;
  /** The true value with which it passes four times in five. */
  readonly needed?: string | undefined;
  /** Why there are no chances. */
  readonly why?: string | undefined;
};

/** A ratio is as far from its limit as their logarithms are. */
const roomOf = ({ scale, limit, truth }: Spread, isAtMost: boolean): number => {
  const room = scale === 'ratio' ? Math.log(truth / limit) : truth - limit;
  return isAtMost ? -room : room;
};

const neededText = (
  { scale, limit, standardError }: Spread,
  { unit, reach }: { readonly unit: Measurable['unit']; readonly reach: number },
): string => {
  if (scale === 'value') return valueText(limit + reach * standardError, unit);
  const needed = scale === 'ratio' ? limit * Math.exp(reach * standardError) : limit + reach * standardError;
  return advantageText(needed, { scale, unit });
};

/** The rate at which a model that hardly ever fails is thought to solve attempts. */
const reliable = 0.99;

const solvedForecast = ({ solved }: SolvedGate, nTasks: number, attempts: number): Partial<GateForecast> => {
  const pass =
    solved === 'every_attempt' ? reliable ** (nTasks * attempts) : (1 - (1 - reliable) ** attempts) ** nTasks;
  return {
    who: `a model that solves ${reliable * 100}% of all attempts`,
    chances: { pass, fail: 1 - pass, inconclusive: 0 },
  };
};

const measuredForecast = (
  gate: Exclude<Gate, SolvedGate>,
  subject: { readonly contender: string; readonly nTasks: number },
  { file, ...context }: OutlookContext & { readonly file: GateFile },
): Partial<GateForecast> => {
  const metric = metricOf(gate);
  const spread =
    gate.kind === 'value'
      ? valueSpread(gate, { metric, ...subject }, context)
      : comparisonSpread(gate, { metric, ...subject }, context);
  if ('why' in spread) return { why: spread.why };
  // An observed gate asks for no proof: the value itself decides, which is a bound at a confidence of one half.
  const confidence = isTwiceLooked(gate) ? confidenceOfLook(file.confidence) : file.confidence;
  const alpha = gate.evidence === 'observed' ? 0.5 : 1 - confidence;
  const isAtMost = gate.kind === 'value' && gate.direction === 'at-most';
  const reach = normalQuantile(1 - alpha) + normalQuantile(power);
  return {
    who: spread.who,
    chances: nonInferiorityOutlook({
      standardError: spread.standardError,
      margin: roomOf(spread, isAtMost),
      alpha,
    }),
    needed: neededText(spread, { unit: metric.unit, reach: isAtMost ? -reach : reach }),
  };
};

const contendersFor = (gate: Gate, { contenders }: Design): readonly string[] =>
  gate.contenders ?? contenders.filter((name) => gate.kind !== 'comparison' || name !== gate.against);

/** Which of some contenders the plan lacks. */
const whyUnplanned = (names: readonly string[], { contenders }: Design): string | undefined => {
  const unknown = names.find((name) => !contenders.includes(name));
  if (unknown === undefined) return undefined;
  const meant = suggest(unknown, contenders);
  return `the plan has no contender ${unknown}${meant === undefined ? '' : `; did you mean ${meant}?`}`;
};

/** How often each gate will pass, fail or say that it cannot tell, if an equal model is run in this design. */
export const forecastGates = (file: GateFile, context: OutlookContext): readonly GateForecast[] =>
  file.gates.flatMap((gate) => {
    const { tasks, attempts } = context.design;
    const nTasks = tasks.filter((task) => isAbout(gate.where, task)).length;
    const against =
      gate.kind !== 'comparison' ? undefined : gate.against === baselineWord ? 'the baseline' : gate.against;
    const forEqual = gate.kind !== 'comparison' || gate.claim === 'not-worse';
    const others = gate.kind === 'comparison' && gate.against !== baselineWord ? [gate.against] : [];
    return contendersFor(gate, context.design).map((contender): GateForecast => {
      const named = { gate: gate.name, contender, against, nTasks, forEqual };
      if (isAboutProbe(gate)) return { ...named, nTasks: 0, why: 'it is judged on a probe, not on trials' };
      const unknown = whyUnplanned([contender, ...others], context.design);
      if (unknown !== undefined) return { ...named, why: unknown };
      if (nTasks === 0) return { ...named, why: whyNoTask(gate.where, tasks, 'the plan') };
      if (gate.kind === 'solved') return { ...named, ...solvedForecast(gate, nTasks, attempts) };
      return { ...named, ...measuredForecast(gate, { contender, nTasks }, { ...context, file }) };
    });
  });
