import { contrast } from '../../analysis/evidence/contrast.ts';
import type { Contrast } from '../../analysis/evidence/contrast-form.ts';
import { isAbsent } from '../../analysis/evidence/evidence.ts';
import { compatibility, type IdentityDifference } from '../../analysis/runs/compatibility.ts';
import { narrowIdentity } from '../../analysis/runs/identity.ts';
import { labelIn, type MeasuredRun } from '../../analysis/runs/measured-run.ts';
import { taskKey } from '../../analysis/trials.ts';
import { advantageText } from '../../report/comparison/words.ts';
import { baselineWord, type ComparisonGate } from '../gate.ts';
import { adviceFor } from '../say/advice.ts';
import { comparisonFinding } from '../say/finding.ts';
import type { Check } from '../verdict.ts';
import { absence } from './absence.ts';
import { weigh } from './proof/weigh.ts';
import {
  clockNotes,
  isRefusal,
  type JudgeContext,
  metricOf,
  notEvaluated,
  populationFacts,
  populationOf,
  type Refusal,
  unfinished,
} from './subject.ts';
import { isAbout } from './tasks.ts';

/** Below this share of common tasks the two are not about the same thing. */
const leastOverlap = 0.9;

const differenceText = ({ key, first, second }: IdentityDifference): string => `${key}: ${first} here, ${second} there`;

type Other = {
  readonly run: MeasuredRun;
  readonly contender: string;
  readonly label: string;
  readonly notes: readonly string[];
};

/** The other side: another contender of the run, or the same one in a baseline that is comparable. */
const otherSide = (gate: ComparisonGate, contender: string, { run, baseline }: JudgeContext): Other | Refusal => {
  if (gate.against !== baselineWord)
    return { run, contender: gate.against, label: labelIn(run, gate.against), notes: [] };
  if (baseline === undefined)
    return { reason: 'baseline-missing', why: 'there is no baseline run; give one with --baseline' };
  const tasks = new Set(run.tasks.filter((task) => isAbout(gate.where, task)).map(taskKey));
  const { incompatible, surroundings } = compatibility(
    narrowIdentity(run.identity, tasks),
    narrowIdentity(baseline.identity, tasks),
    [{ first: contender, second: contender }],
  );
  if (incompatible.length > 0)
    return {
      reason: 'baseline-incompatible',
      why: `the baseline ${baseline.runId} is not comparable: ${incompatible.map(differenceText).join('; ')}`,
    };
  return {
    run: baseline,
    contender,
    label: `${labelIn(baseline, contender)} in ${baseline.runId}`,
    notes: surroundings.map((difference) => `differs from the baseline in ${differenceText(difference)}`),
  };
};

const tooLittleOverlap = ({ overlap, nTasks, onlyFirst, onlySecond }: Contrast): Refusal | undefined =>
  overlap >= leastOverlap
    ? undefined
    : {
        reason: 'overlap',
        why: `only ${nTasks} of ${nTasks + onlyFirst + onlySecond} tasks have values on both sides (${onlyFirst} on the first only, ${onlySecond} on the second only); ${leastOverlap * 100}% are needed`,
      };

/** By any amount means by more than nothing, and not worse means above the margin itself. */
export const isStrict = ({ claim, form }: ComparisonGate): boolean =>
  claim === 'not-worse' || (form.kind === 'difference' ? form.margin === 0 : form.factor === 1);

/** One contender against another, or against itself in the baseline, on the tasks of both. */
export const checkComparison = (gate: ComparisonGate, contender: string, context: JudgeContext): Check => {
  const { run, file } = context;
  const population = populationOf(run, contender, { gate, file });
  if (isRefusal(population)) return notEvaluated(contender, population, { label: labelIn(run, contender) });
  const other = otherSide(gate, contender, context);
  if (isRefusal(other))
    return notEvaluated(contender, other, { label: labelIn(run, contender), against: gate.against });
  const refuse = (refusal: Refusal): Check =>
    notEvaluated(contender, refusal, { label: labelIn(run, contender), against: other.label });
  const theirs = populationOf(other.run, other.contender, { gate, file });
  if (isRefusal(theirs)) return refuse(theirs);
  const open = unfinished(file, population, theirs);
  if (open !== undefined) return refuse(open);
  const metric = metricOf(gate);
  const { form, statistic } = gate;
  const found = contrast(metric, { first: population, second: theirs }, { form, statistic });
  if (isAbsent(found)) {
    const sides = [
      { run, contender, population },
      { ...other, population: theirs },
    ];
    return refuse(absence(gate, found, { isCost: metric.unit === 'USD', sides }));
  }
  const apart = tooLittleOverlap(found);
  if (apart !== undefined) return refuse(apart);
  const requirement = { direction: 'at-least', limit: found.limit, strict: isStrict(gate) } as const;
  const weighed = weigh(found, requirement, { confidence: file.confidence, kind: gate.evidence });
  const { scale, values } = found;
  const { unit } = metric;
  return {
    ...populationFacts(run, contender, [population, theirs]),
    ...weighed,
    against: other.label,
    scale,
    unit,
    values,
    finding: comparisonFinding(weighed, { unit, scale, values, isProven: gate.evidence === 'proven' }),
    advice: adviceFor(weighed, requirement, {
      isRatio: scale === 'ratio',
      limitText: (limit) => advantageText(limit, { scale, unit }),
    }),
    notes: [...other.notes, ...clockNotes(metric, population, theirs)],
  };
};
