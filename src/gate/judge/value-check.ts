import { isCostAxis } from '../../analysis/estimate.ts';
import { isAbsent } from '../../analysis/evidence/evidence.ts';
import { type Population, withoutVerdictKind } from '../../analysis/evidence/population.ts';
import { valueEvidence } from '../../analysis/evidence/value.ts';
import { labelIn } from '../../analysis/runs/measured-run.ts';
import { curtail } from '../../measure/rate/curtailment.ts';
import { valueText } from '../../report/comparison/words.ts';
import type { ValueGate } from '../gate.ts';
import { adviceFor } from '../say/advice.ts';
import { valueFinding } from '../say/finding.ts';
import type { Check } from '../verdict.ts';
import { absence } from './absence.ts';
import { axisOf, frontierEvidence } from './frontier-evidence.ts';
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

/** An observed pass rate of an unfinished run whose outcome the missing trials cannot change any more. */
const decidedEarly = (gate: ValueGate, { trials, pending }: Population): 'pass' | 'fail' | undefined => {
  if (gate.metric !== 'pass_rate' || gate.direction !== 'at-least' || gate.evidence !== 'observed') return undefined;
  const judged = trials.filter((trial) => withoutVerdictKind(trial) === undefined);
  if (judged.length < trials.length) return undefined;
  const passed = judged.filter(({ outcome }) => outcome === 'resolved').length;
  const goal = { rate: gate.limit, nTrials: judged.length + pending.length };
  const outcome = curtail(goal, { passed, failed: judged.length - passed });
  return outcome === 'undecided' ? undefined : outcome;
};

/** A metric of one contender against a fixed limit. */
export const checkValue = (gate: ValueGate, contender: string, { run, file }: JudgeContext): Check => {
  const refuse = (why: Refusal): Check => notEvaluated(contender, why, { label: labelIn(run, contender) });
  const population = populationOf(run, contender, { gate, file });
  if (isRefusal(population)) return refuse(population);
  const refusal = unfinished(file, population);
  const early = refusal === undefined ? undefined : decidedEarly(gate, population);
  if (refusal !== undefined && early === undefined) return refuse(refusal);
  const metric = metricOf(gate);
  const evidence =
    metric.kind === 'frontier'
      ? frontierEvidence(run, contender, gate)
      : valueEvidence(metric, population, gate.statistic);
  const isCost = metric.kind === 'frontier' ? isCostAxis(axisOf(gate)) : metric.unit === 'USD';
  if (isAbsent(evidence)) return refuse(absence(gate, evidence, { isCost, sides: [{ run, contender, population }] }));
  const { direction, limit } = gate;
  const requirement = { direction, limit, strict: false };
  const weighed = weigh(evidence, requirement, { confidence: file.confidence, kind: gate.evidence });
  const text = (value: number) => valueText(value, metric.unit);
  const isProven = gate.evidence === 'proven' && evidence.bounds !== undefined;
  return {
    ...populationFacts(run, contender, [population]),
    ...weighed,
    ...(early === undefined ? {} : { verdict: early }),
    scale: 'value',
    unit: metric.unit,
    finding: valueFinding(weighed, { unit: metric.unit, direction, isProven }),
    advice: adviceFor(weighed, requirement, { isRatio: false, limitText: text }),
    notes: [
      ...(early === undefined
        ? []
        : ['decided before the run’s end: the missing trials cannot change the observed outcome']),
      ...clockNotes(metric, population),
    ],
  };
};
