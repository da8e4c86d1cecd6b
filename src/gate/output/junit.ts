import { sanitiseLine } from '../../report/sanitise.ts';
import type { GateReport, GateVerdict } from '../verdict.ts';
import { checkLine, clipped, decisive, detailLines, verdictWords } from './say-check.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text as XML 1.0 allows it: what is not a character there is gone, what has a meaning there is an entity. */
const xml = (text: string): string =>
  sanitiseLine(clipped(text))
    .replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '');

type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

/** Only what blocks is a failure or an error, and only a pass is passed: the file is red exactly where the exit code is not 0. */
const outcomeOf = ({ verdict, effect }: GateVerdict): Outcome => {
  if (verdict === 'pass') return 'passed';
  if (effect !== 'blocks') return 'skipped';
  return verdict === 'not_evaluated' ? 'error' : 'failure';
};

const bodyOf = (gate: GateVerdict): string =>
  [
    gate.sentence,
    ...gate.checks.flatMap((check) => [
      `${verdictWords[check.verdict]}: ${checkLine(check)}`,
      ...detailLines(check).map((line) => `  ${line}`),
    ]),
  ]
    .map(xml)
    .join('\n');

const testCase = (gate: GateVerdict, file: string): string => {
  const outcome = outcomeOf(gate);
  const open = `    <testcase classname="tacho.gate" name="${xml(gate.name)}" file="${xml(file)}" line="${gate.line}" time="0">`;
  const message = xml(`${verdictWords[gate.verdict]}: ${decisive(gate).map(checkLine).join('; ')}`);
  const inside =
    outcome === 'passed'
      ? `      <system-out>${bodyOf(gate)}</system-out>`
      : outcome === 'skipped'
        ? `      <skipped message="${message}"/>\n      <system-out>${bodyOf(gate)}</system-out>`
        : `      <${outcome} type="${gate.verdict}" message="${message}">${bodyOf(gate)}</${outcome}>`;
  return [open, inside, '    </testcase>'].join('\n');
};

/** The gates as one JUnit suite (the subset that Jenkins, GitLab and GitHub's tools agree on). */
export const gateJunit = (report: GateReport): string => {
  const { gates, file, run, baseline, probe, verdict } = report;
  const count = (outcome: Outcome) => gates.filter((gate) => outcomeOf(gate) === outcome).length;
  const counts = `tests="${gates.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
  const properties = [
    ...(run === undefined ? [] : [['run', run.runId] as const]),
    ...(baseline === undefined ? [] : [['baseline', baseline.runId] as const]),
    ...(probe === undefined ? [] : [['probe', probe.probeId] as const]),
    ['verdict', verdict],
    ['exit_code', String(report.exitCode)],
  ] as const;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="tacho gate" ${counts} time="0">`,
    `  <testsuite name="gates" ${counts} time="0">`,
    '    <properties>',
    ...properties.map(([name, value]) => `      <property name="${name}" value="${xml(value)}"/>`),
    '    </properties>',
    ...gates.map((gate) => testCase(gate, file)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
};
