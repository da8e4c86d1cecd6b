import { baselineWord, type Gate, type GateFile, type IfGateInconclusive, type IfInconclusive } from '../gate.ts';
import { lookText } from '../say/look-text.ts';
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
import { confidenceOfLook, isTwiceLooked, looks, nextLook, type TwiceLooked } from './looks/next-look.ts';
import { armsOf, checkProbe, isAboutProbe } from './probe/check.ts';
import { correctFamily } from './proof/family.ts';
import { checkSolved } from './solved-check.ts';
import { contendersOf, type GateSources, type JudgeContext, notEvaluated } from './subject.ts';
import { checkValue } from './value-check.ts';

export type EvaluateOptions = {
  /** What an inconclusive gate does where neither it nor its file says: `fail` in CI, `warn` elsewhere. */
  readonly ifInconclusive: IfInconclusive;
};

/** What a second look would bring to a check that is still open, and the p-value of its failure as one of two looks. */
const withNextLook = (gate: TwiceLooked, check: Check, context: JudgeContext): Check => {
  const failureP = check.failureP === undefined ? undefined : Math.min(1, check.failureP * looks);
  if (check.verdict !== 'inconclusive') return { ...check, failureP };
  const look = nextLook(gate, check, context);
  const notes = [...(check.advice === undefined ? [] : [check.advice]), ...check.notes];
  return { ...check, failureP, nextLook: look, advice: lookText(look), notes };
};

const checkOne = (gate: Gate, contender: string, context: JudgeContext): Check => {
  if (!isTwiceLooked(gate)) return checkOnce(gate, contender, context);
  const file = { ...context.file, confidence: confidenceOfLook(context.file.confidence) };
  return withNextLook(gate, checkOnce(gate, contender, { ...context, file }), context);
};

const checkOnce = (gate: Gate, contender: string, context: JudgeContext): Check => {
  switch (gate.kind) {
    case 'value':
      return checkValue(gate, contender, context);
    case 'comparison':
      return checkComparison(gate, contender, context);
    case 'solved':
      return checkSolved(gate, contender, context);
  }
};

/** Whom a gate is about: those it names, else every known one but that which it compares with; at least one, so that there is a check. */
const contendersFor = (gate: Gate, known: readonly string[]): readonly string[] => {
  if (gate.contenders !== undefined) return gate.contenders;
  const against = gate.kind === 'comparison' && gate.against !== baselineWord ? gate.against : undefined;
  const others = known.filter((name) => name !== against);
  return others.length > 0 ? others : ['(none)'];
};

const checksOf = (gate: Gate, { run, baseline, probe }: GateSources, file: GateFile): readonly Check[] => {
  if (isAboutProbe(gate))
    return contendersFor(gate, probe === undefined ? [] : armsOf(probe)).map((arm) =>
      checkProbe(gate, arm, { kept: probe, file }),
    );
  if (run !== undefined)
    return contendersFor(gate, contendersOf(run)).map((contender) =>
      checkOne(gate, contender, { run, baseline, file }),
    );
  const why = 'it is about tasks, and no run was given; give its folder with --run';
  return contendersFor(gate, []).map((contender) =>
    notEvaluated(contender, { reason: 'run-missing', why }, { label: contender }),
  );
};

/** What a verdict does, by the gate's level and the policy for inconclusive ones. */
const effectOf = (verdict: Verdict, { level }: Gate, ifInconclusive: IfGateInconclusive): Effect => {
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

/** Judges every gate of a file on a run, a probe or both; the one object that every output and the exit code are made from. */
export const evaluateGates = (
  file: GateFile,
  sources: GateSources,
  { ifInconclusive }: EvaluateOptions,
): GateReport => {
  const { run, baseline, probe } = sources;
  const drafts = file.gates.map((gate) => checksOf(gate, sources, file));
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
    run: run && { runId: run.runId, name: run.name },
    baseline: baseline && { runId: baseline.runId, name: baseline.name },
    probe: probe && { probeId: probe.probe.probeId },
    confidence: file.confidence,
    family: file.family,
    verdict,
    exitCode: gateExitCodes[verdict],
    counts: countsOf(gates),
    gates,
  };
};
