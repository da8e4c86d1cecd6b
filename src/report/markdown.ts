import { contenderMetrics } from '../measure/catalogue/contender-metrics.ts';
import { percentRange, unknown, valueText } from './format.ts';
import type { ReportModel } from './model.ts';
import { sanitiseLine } from './sanitise.ts';
import { caveats } from './verdict/caveats.ts';
import { phraseText, verdictText } from './verdict/verdict.ts';

const escapes: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '@': '&#64;' };

/**
 * One line of text as inert Markdown for the middle of a line: no markup, no HTML, no links (bare addresses included), no mentions, no references to
 * issues, no commands for a CI runner.
 */
export const markdownText = (text: string): string =>
  sanitiseLine(text)
    .replace(/[\\`*_{}[\]#!|~<>&$@]/g, (character) => escapes[character] ?? `\\${character}`)
    .replaceAll('::', '&#58;&#58;')
    .replace(/\b(?:http|www)/gi, (word) => `${word.slice(0, 1)}&#${word.charCodeAt(1)};${word.slice(2)}`);

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const table = (model: ReportModel): readonly string[] => {
  const summaries = model.summary.contenders;
  const names = model.contenders.map(({ label }) => markdownText(label));
  const metrics = contenderMetrics.filter(({ id }) => summaries.some(({ metrics }) => metrics[id] !== undefined));
  return [
    row(['', ...names]),
    row(['---', ...names.map(() => '---:')]),
    ...metrics.map(({ id, label, unit }) =>
      row([
        unit === 'tokens/s' ? `${label} tokens/s` : label,
        ...summaries.map(({ metrics, passRate }) => {
          const range = id === 'pass_rate' && passRate !== undefined ? ` (${percentRange(passRate)})` : '';
          return `${valueText(metrics[id], unit)}${range}`;
        }),
      ]),
    ),
  ];
};

/** The run in one page of Markdown that is safe to show on GitHub: the verdict, one table, what stands behind it. */
export const markdownSummary = (model: ReportModel): string => {
  const { answer, doubt } = verdictText(model);
  const { nTasks, nTrials, bootstrap } = model.summary;
  const withoutVerdict = model.summary.contenders.reduce((sum, summary) => sum + summary.withoutVerdict, 0);
  const lines = [
    `**${markdownText(phraseText(answer))}**`,
    '',
    ...(doubt.length === 0 ? [] : [markdownText(phraseText(doubt)), '']),
    ...table(model),
    '',
    ...caveats(model).flatMap((text) => [`⚠ ${text}`, '']),
    `${nTasks} tasks, ${nTrials} trials, ${withoutVerdict === 0 ? 'all with a verdict' : `${withoutVerdict} without a verdict`}. ` +
      `95% intervals, clustered by task; ${bootstrap.replicates.toLocaleString('en-US')} bootstrap replicates, seed ${bootstrap.seed}. ` +
      `Run ${markdownText(model.run.runId)}, Tacho ${markdownText(model.run.tacho.version)}.`,
    '',
    `A dash (${unknown}) is unknown, never 0. The full report is \`index.html\` beside this file.`,
    '',
  ];
  return lines.join('\n');
};
