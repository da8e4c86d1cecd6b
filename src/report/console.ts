import { Chalk, type ChalkInstance } from 'chalk';
import { contenderMetrics } from '../measure/catalogue/contender-metrics.ts';
import { percentRange, valueText } from './format.ts';
import type { ReportModel } from './model.ts';
import { sanitiseOutput } from './sanitise.ts';
import { caveats } from './verdict/caveats.ts';
import { phraseText, verdictText } from './verdict/verdict.ts';

/** What fits a terminal; the rest is in the other reports. */
const shown = [
  ['pass_rate', 'pass rate'],
  ['agent_time_median_s', 'median time'],
  ['time_per_solved_s', 'per solved'],
  ['cost_per_trial_usd', 'cost per trial'],
  ['cost_per_solved_usd', 'cost per solved'],
  ['ttft_p50_s', 'TTFT p50'],
  ['ttft_p95_s', 'TTFT p95'],
  ['decode_tokens_per_s', 'decode tok/s'],
  ['end_to_end_tokens_per_s', 'end-to-end tok/s'],
  ['output_tokens_mean', 'output tok'],
  ['steps_mean', 'steps'],
  ['edit_lines_mean', 'lines'],
] as const;

type Cells = readonly string[];

const pad = (cell: string, { width, first }: { readonly width: number; readonly first: boolean }): string => {
  const space = ' '.repeat(Math.max(0, width - [...cell].length));
  return first ? cell + space : space + cell;
};

/** Rows of cells as lines of aligned columns; the first column is text, the others are numbers. */
export const layOut = (rows: readonly Cells[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => [...(row[column] ?? '')].length)));
  return rows.map((row) =>
    row
      .map((cell, column) => pad(cell, { width: widths[column] ?? 0, first: column === 0 }))
      .join('  ')
      .trimEnd(),
  );
};

const rowsOf = (model: ReportModel): readonly Cells[] => {
  const metrics = shown.flatMap(([id, heading]) => {
    const metric = contenderMetrics.find((candidate) => candidate.id === id);
    const known = model.summary.contenders.some((summary) => summary.metrics[id] !== undefined);
    return metric === undefined || !known ? [] : [{ heading, metric }];
  });
  return [
    ['contender', ...metrics.map(({ heading }) => heading), 'resolved'],
    ...model.summary.contenders.map((summary, index) => [
      sanitiseOutput(model.contenders[index]?.label ?? summary.contender),
      ...metrics.map(({ metric }) => {
        const range =
          metric.id === 'pass_rate' && summary.passRate !== undefined ? ` (${percentRange(summary.passRate)})` : '';
        return `${valueText(summary.metrics[metric.id], metric.unit)}${range}`;
      }),
      `${summary.resolved}/${summary.resolved + summary.unresolved}${summary.withoutVerdict === 0 ? '' : ` +${summary.withoutVerdict} without verdict`}`,
    ]),
  ];
};

/** Breaks a text between words so that no line is longer than `width`, where words allow. */
const wrap = (text: string, width: number): string => {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.pop();
    if (last === undefined) lines.push(word);
    else if (last.length + word.length < width) lines.push(`${last} ${word}`);
    else lines.push(last, word);
  }
  return lines.join('\n');
};

/** The verdict and one table for a terminal; everything that came from outside is sanitised. */
export const renderConsole = (
  model: ReportModel,
  { color, columns = 100 }: { readonly color: boolean; readonly columns?: number },
): string => {
  const chalk: ChalkInstance = new Chalk({ level: color ? 1 : 0 });
  const { answer, doubt } = verdictText(model);
  const [head, ...rows] = layOut(rowsOf(model));
  return [
    '',
    chalk.bold(wrap(sanitiseOutput(phraseText(answer)), columns)),
    ...(doubt.length === 0 ? [] : [chalk.dim(wrap(sanitiseOutput(phraseText(doubt)), columns))]),
    '',
    chalk.dim(head ?? ''),
    ...rows,
    ...caveats(model).map((text) => `\n${chalk.yellow(wrap(text, columns))}`),
    '',
  ].join('\n');
};
