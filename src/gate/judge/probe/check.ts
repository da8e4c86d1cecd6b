import { isAbsent } from '../../../analysis/evidence/evidence.ts';
import { measurables } from '../../../analysis/evidence/measurables.ts';
import { suggest } from '../../../domain/suggest.ts';
import type { KeptProbe } from '../../../probe/latency/latency.ts';
import { armLabel } from '../../../probe/probe.ts';
import { advantageText, valueText } from '../../../report/comparison/words.ts';
import type { ComparisonGate, Gate, GateFile, ValueGate } from '../../gate.ts';
import { adviceFor } from '../../say/advice.ts';
import { comparisonFinding, valueFinding } from '../../say/finding.ts';
import type { Check } from '../../verdict.ts';
import { isStrict } from '../comparison-check.ts';
import { weigh } from '../proof/weigh.ts';
import { notEvaluated, type Refusal } from '../subject.ts';
import { probeContrast, probeValue } from './evidence.ts';

export type ProbeGate = ValueGate | ComparisonGate;

/** Every metric of a probe is a time. */
const unit = 's';

const metricNames = new Set(measurables().flatMap(({ kind, name }) => (kind === 'probe' ? [name] : [])));

/** Whether a gate is judged on a probe instead of a run. */
export const isAboutProbe = (gate: Gate): gate is ProbeGate => gate.kind !== 'solved' && metricNames.has(gate.metric);

/** The arms of a probe by name: what its gates have for contenders. */
export const armsOf = ({ probe }: KeptProbe): readonly string[] => probe.arms.map(({ id }) => id);

const labelOf = ({ probe }: KeptProbe, id: string): string => {
  const arm = probe.arms.find((candidate) => candidate.id === id);
  return arm === undefined ? id : armLabel(arm);
};

/** A probe that was stopped says nothing: who stops when the numbers please proves what he likes. */
const stopped = ({ probe, calls }: KeptProbe): Refusal | undefined => {
  const planned = probe.arms.length * probe.rounds * probe.cells.reduce((sum, { streams }) => sum + streams, 0);
  const made = calls.filter(({ cell }) => cell.kind !== 'cold').length;
  if (made >= planned) return undefined;
  return { reason: 'unfinished', why: `the probe was stopped: ${made} of ${planned} calls were made; probe again` };
};

const missingArm = (kept: KeptProbe, id: string): Refusal | undefined => {
  const known = armsOf(kept);
  if (known.includes(id)) return undefined;
  const meant = suggest(id, known);
  const hint = meant === undefined ? `it has ${known.join(', ')}` : `did you mean ${meant}?`;
  return { reason: 'contender-missing', why: `probe ${kept.probe.probeId} has no arm ${id}; ${hint}` };
};

const failuresNote = ({ calls }: KeptProbe, arms: readonly string[]): readonly string[] => {
  const made = calls.filter(({ arm, cell }) => arms.includes(arm) && cell.kind !== 'cold');
  const failed = made.filter(({ failure }) => failure !== undefined).length;
  return failed === 0 ? [] : [`${failed} of ${made.length} calls failed and are left out`];
};

const weighed = (
  gate: ProbeGate,
  kept: KeptProbe,
  { contender, file }: { readonly contender: string; readonly file: GateFile },
) => {
  const isProven = gate.evidence === 'proven';
  const how = { confidence: file.confidence, kind: gate.evidence };
  if (gate.kind === 'value') {
    const q = typeof gate.statistic === 'object' ? gate.statistic.quantile : 0.5;
    const found = probeValue(gate.metric, kept, { arm: contender, q });
    if (isAbsent(found)) return found;
    const requirement = { direction: gate.direction, limit: gate.limit, strict: false };
    const numbers = weigh(found, requirement, how);
    return {
      ...numbers,
      scale: 'value' as const,
      finding: valueFinding(numbers, { unit, direction: gate.direction, isProven }),
      advice: adviceFor(numbers, requirement, { isRatio: false, limitText: (limit) => valueText(limit, unit) }),
    };
  }
  const found = probeContrast(gate.metric, kept, { first: contender, second: gate.against, form: gate.form });
  if (isAbsent(found)) return found;
  const requirement = { direction: 'at-least', limit: found.limit, strict: isStrict(gate) } as const;
  const numbers = weigh(found, requirement, how);
  const { scale, values } = found;
  return {
    ...numbers,
    scale,
    values,
    finding: comparisonFinding(numbers, { unit, scale, values, isProven }),
    advice: adviceFor(numbers, requirement, {
      isRatio: scale === 'ratio',
      limitText: (limit) => advantageText(limit, { scale, unit }),
    }),
  };
};

/** A gate about single calls, judged on a probe: an arm of it against a limit, or against another arm. */
export const checkProbe = (
  gate: ProbeGate,
  contender: string,
  { kept, file }: { readonly kept: KeptProbe | undefined; readonly file: GateFile },
): Check => {
  const other = gate.kind === 'comparison' ? gate.against : undefined;
  if (kept === undefined) {
    const why = `${gate.metric} is measured by \`tacho probe\`, and no probe was given; probe, then give its folder with --probe`;
    return notEvaluated(contender, { reason: 'probe-missing', why }, { label: contender, against: other });
  }
  const arms = other === undefined ? [contender] : [contender, other];
  const named = { label: labelOf(kept, contender), against: other && labelOf(kept, other) };
  const refusal = arms.map((arm) => missingArm(kept, arm)).find((found) => found !== undefined) ?? stopped(kept);
  if (refusal !== undefined) return notEvaluated(contender, refusal, named);
  const found = weighed(gate, kept, { contender, file });
  if (isAbsent(found))
    return notEvaluated(contender, { reason: 'metric-absent', why: `${gate.metric}: ${found.absent}` }, named);
  return {
    contender,
    ...named,
    ...found,
    unit,
    withoutVerdict: { excluded: 0, countedAsFailed: 0 },
    notes: [
      ...failuresNote(kept, arms),
      ...kept.probe.degraded.map((reason) => `the probing machine was busy: ${reason}`),
    ],
  };
};
