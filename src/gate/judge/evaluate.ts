import { baselineWord, type Gate, type GateFile, type IfInconclusive } from '../gate.ts';
import { sentenceOf } from '../say/sentence.ts';
import {
  type Check,
  type Effect,
  type GateReport,
  type GateVerdict,
  gateExitCodes,
  type Verdict,
  worstOf,
} from '../verdict.ts';
import { checkComparison } from './comparison-check.ts';
import { correctFamily } from './family.ts';
import { checkSolved } from './solved-check.ts';
import { contendersOf, type GateRuns, type JudgeContext, notEvaluated } from './subject.ts';
import { checkValue } from './value-check.ts';

export type EvaluateOptions = {
  /** What an inconclusive gate does where neither it nor its file says: `fail` in CI, `warn` elsewhere. */
  readonly ifInconclusive: IfInconclusive;
};

const checkOne = (gate: Gate, contender: string, context: JudgeContext): Check => {
  switch (gate.kind) {
    case 'value':
      return checkValue(gate, contender, context);
    case 'comparison':
      return checkComparison(gate, contender, context);
    case 'solved':
      return checkSolved(gate, contender, context);
  }
};

/** Whom a gate is about: those it names, else every contender but the one it compares with. */
const contendersFor = (gate: Gate, { run }: GateRuns): readonly string[] => {
  if (gate.contenders !== undefined) return gate.contenders;
  const against = gate.kind === 'comparison' && gate.against !== baselineWord ? gate.against : undefined;
  return contendersOf(run).filter((name) => name !== against);
};

const checksOf = (gate: Gate, context: JudgeContext): readonly Check[] => {
  const contenders = contendersFor(gate, context);
  if (contenders.length > 0) return contenders.map((contender) => checkOne(gate, contender, context));
  const why = `run ${context.run.runId} has no contender that this could be about`;
  return [notEvaluated('(none)', { reason: 'contender-missing', why }, context)];
};

/** What a verdict does, by the gate's level and the policy for inconclusive ones. */
const effectOf = (verdict: Verdict, { level }: Gate, ifInconclusive: IfInconclusive): Effect => {
  if (verdict === 'pass' || level === 'info') return 'none';
  if (verdict === 'inconclusive' && ifInconclusive === 'pass') return 'none';
  if (verdict === 'inconclusive' && ifInconclusive === 'warn') return 'warns';
  return level === 'must' ? 'blocks' : 'warns';
};

/** Each check after the correction for several gates, by gate. */
const corrected = (file: GateFile, drafts: readonly (readonly Check[])[]): readonly (readonly Check[])[] => {
  if (file.family === 'none') return drafts;
  const isInFamily = (index: number) => file.gates[index]?.level === 'must';
  const members = drafts.flatMap((checks, index) => checks.map((check) => ({ check, isInFamily: isInFamily(index) })));
  const done = correctFamily(members, 1 - file.confidence).values();
  return drafts.map((checks) => checks.flatMap(() => done.next().value ?? []));
};

const countsOf = (gates: readonly GateVerdict[]): GateReport['counts'] => {
  const count = (verdict: Verdict) => gates.filter((gate) => gate.verdict === verdict).length;
  const effect = (wanted: Effect) => gates.filter((gate) => gate.effect === wanted).length;
  return {
    pass: count('pass'),
    fail: count('fail'),
    inconclusive: count('inconclusive'),
    not_evaluated: count('not_evaluated'),
    blocking: effect('blocks'),
    warnings: effect('warns'),
  };
};

/** Judges every gate of a file on a run; the one object that every output and the exit code are made from. */
export const evaluateGates = (
  file: GateFile,
  { run, baseline }: GateRuns,
  { ifInconclusive }: EvaluateOptions,
): GateReport => {
  const drafts = file.gates.map((gate) => checksOf(gate, { run, baseline, file }));
  const judged = corrected(file, drafts);
  const gates = file.gates.map((gate, index): GateVerdict => {
    const checks = judged[index] ?? [];
    const verdict = worstOf(checks.map((check) => check.verdict));
    const { name, level, source, place } = gate;
    return {
      name,
      sentence: sentenceOf(gate, file),
      level,
      source,
      line: place.line,
      column: place.column,
      verdict,
      effect: effectOf(verdict, gate, gate.ifInconclusive ?? file.ifInconclusive ?? ifInconclusive),
      checks,
    };
  });
  const verdict = worstOf(gates.filter(({ effect }) => effect === 'blocks').map((gate) => gate.verdict));
  return {
    schema: 1,
    kind: 'tacho-gate-verdict',
    file: file.file,
    run: { runId: run.runId, name: run.name },
    baseline: baseline && { runId: baseline.runId, name: baseline.name },
    confidence: file.confidence,
    family: file.family,
    verdict,
    exitCode: gateExitCodes[verdict],
    counts: countsOf(gates),
    gates,
  };
};
