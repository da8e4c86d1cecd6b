import type { ChalkInstance } from 'chalk';
import { sanitiseOutput } from '../../report/sanitise.ts';
import type { GateReport, GateVerdict, Verdict } from '../verdict.ts';
import { checkLine, clipped, decisive, detailLines, judgedText, verdictWords } from './say-check.ts';

const marks: Readonly<Record<Verdict, string>> = { pass: '✓', fail: '✗', inconclusive: '?', not_evaluated: '!' };

const wordWidth = Math.max(...Object.values(verdictWords).map((word) => word.length));

const inert = (text: string): string => sanitiseOutput(clipped(text));

const paint = (colour: ChalkInstance, { verdict, effect }: Pick<GateVerdict, 'verdict' | 'effect'>) =>
  verdict === 'pass' ? colour.green : effect === 'blocks' ? colour.red : colour.yellow;

const effectText = ({ level, verdict, effect }: GateVerdict): string =>
  verdict === 'pass' ? '' : effect === 'blocks' ? '' : ` (${level}${effect === 'warns' ? ', warns only' : ''})`;

const gateLines = (
  gate: GateVerdict,
  { colour, explain }: { readonly colour: ChalkInstance; readonly explain: boolean },
): readonly string[] => {
  const head = `${marks[gate.verdict]} ${verdictWords[gate.verdict].padEnd(wordWidth)}`;
  const isShort = gate.verdict === 'pass' && !explain;
  const shown = explain ? gate.checks : decisive(gate);
  return [
    `${paint(colour, gate)(head)}  ${inert(gate.name)}${effectText(gate)}`,
    ...(isShort
      ? []
      : [
          `    ${colour.dim(inert(gate.sentence))}`,
          ...shown.flatMap((check) => [
            `    ${inert(checkLine(check))}`,
            ...detailLines(check).map((line) => `      ${colour.dim(inert(line))}`),
          ]),
          ...(explain && gate.source !== undefined ? [`    ${colour.dim(`source: ${inert(gate.source)}`)}`] : []),
        ]),
  ];
};

/** The last line: the verdict as the exit code has it. */
const closing = ({ verdict, exitCode, counts, confidence }: GateReport): string => {
  const parts = (Object.keys(verdictWords) as readonly Verdict[])
    .filter((word) => counts[word] > 0)
    .map((word) => `${counts[word]} ${verdictWords[word]}`);
  const result = verdict === 'pass' ? 'PASS' : verdictWords[verdict].toUpperCase();
  return `Gates: ${result} (exit code ${exitCode}): ${parts.join(', ')}; ${counts.blocking} blocking, ${counts.warnings} warnings; one-sided confidence ${Math.round(confidence * 1000) / 10}%`;
};

/** The verdict for a terminal; every line begins with a word of ours, and nothing from outside can steer a terminal or a CI runner. */
export const gateConsole = (
  report: GateReport,
  options: { readonly colour: ChalkInstance; readonly explain: boolean },
): string => {
  const { baseline, verdict, counts } = report;
  const against = baseline === undefined ? '' : `, baseline ${inert(baseline.runId)}`;
  const effect = counts.blocking > 0 ? 'blocks' : 'none';
  return [
    `Gates of ${inert(report.file)} on ${inert(judgedText(report))}${against}`,
    '',
    ...report.gates.flatMap((gate) => gateLines(gate, options)),
    '',
    paint(options.colour, { verdict, effect })(closing(report)),
    '',
  ].join('\n');
};
