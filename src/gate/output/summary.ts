import { markdownText } from '../../report/markdown.ts';
import { sanitiseLine } from '../../report/sanitise.ts';
import type { Check, GateReport, GateVerdict, Verdict } from '../verdict.ts';
import { checkLine, clipped, decisive, detailLines, judgedText, verdictWords } from './say-check.ts';

/** GitHub drops a summary above 1,024 KiB as a whole; other steps' tools may add to the same file. */
const budgetBytes = 900 * 1024;

const marks: Readonly<Record<Verdict, string>> = { pass: '✅', fail: '❌', inconclusive: '❔', not_evaluated: '⚠️' };

const inert = (text: string): string => markdownText(clipped(text));

/** One line of text as inert HTML, where Markdown does not reach: inside `<summary>`. */
const html = (text: string): string =>
  sanitiseLine(clipped(text)).replace(/[!-/:-@[-`{-~]/g, (character) => `&#${character.charCodeAt(0)};`);

const bytes = (text: string): number => new TextEncoder().encode(text).length;

const row = (gate: GateVerdict): string =>
  `| ${marks[gate.verdict]} ${verdictWords[gate.verdict]} | ${gate.level} | ${inert(gate.name)} | ${decisive(gate)
    .map((check) => inert(checkLine(check)))
    .join('<br>')} |`;

const checkItems = (check: Check): readonly string[] => [
  `- ${verdictWords[check.verdict]}: ${inert(checkLine(check))}`,
  ...detailLines(check).map((line) => `  - ${inert(line)}`),
];

const section = (gate: GateVerdict): string =>
  [
    `<details><summary>${marks[gate.verdict]} ${html(gate.name)}</summary>`,
    '',
    inert(gate.sentence),
    '',
    ...gate.checks.flatMap(checkItems),
    '',
    '</details>',
    '',
  ].join('\n');

/** Blocking gates first, then warnings, then the rest: what is dropped for want of room is what matters least. */
const byWeight = (gates: readonly GateVerdict[]): readonly GateVerdict[] =>
  (['blocks', 'warns', 'none'] as const).flatMap((effect) => gates.filter((gate) => gate.effect === effect));

/** As many of the parts, in order, as fit into the room. */
const fitting = (parts: readonly string[], room: number): readonly string[] => {
  let used = 0;
  const kept: string[] = [];
  for (const part of parts) {
    used += bytes(part) + 1;
    if (used > room) break;
    kept.push(part);
  }
  return kept;
};

/** The verdict in Markdown for `$GITHUB_STEP_SUMMARY`: below 900 KiB whatever it holds, and it says what was dropped. */
export const gateSummary = (report: GateReport): string => {
  const { baseline, verdict, exitCode, counts } = report;
  const judged = judgedText(report);
  const against = baseline === undefined ? '' : ` against baseline ${inert(baseline.runId)}`;
  const head = [
    `## ${marks[verdict]} Gates: ${verdictWords[verdict]}`,
    '',
    `${inert(judged.charAt(0).toUpperCase() + judged.slice(1))}${against}; exit code ${exitCode}; ${counts.pass} pass, ${counts.fail} fail, ${counts.inconclusive} inconclusive, ${counts.not_evaluated} not evaluated; ${counts.blocking} blocking, ${counts.warnings} warnings.`,
    '',
    '| Verdict | Level | Gate | Found |',
    '| --- | --- | --- | --- |',
  ];
  const gates = byWeight(report.gates);
  const room = budgetBytes - bytes(head.join('\n')) - 400;
  const rows = fitting(gates.map(row), room);
  const sections = fitting(gates.map(section), room - rows.reduce((sum, text) => sum + bytes(text) + 1, 0));
  const dropped = [
    ...(rows.length < gates.length ? [`${gates.length - rows.length} rows`] : []),
    ...(sections.length < gates.length ? [`the details of ${gates.length - sections.length} gates`] : []),
  ];
  const note =
    dropped.length === 0 ? [] : [`Dropped for want of room: ${dropped.join(' and ')}; verdict.json has all.`, ''];
  return [...head, ...rows, '', ...sections, ...note, ''].join('\n');
};
