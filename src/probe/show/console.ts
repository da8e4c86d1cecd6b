import { sanitiseOutput } from '../../report/sanitise.ts';
import type { ProbeView, ViewTable } from './view.ts';

const widthOf = (text: string): number => [...text].length;

const tableLines = ({ title, head, rows }: ViewTable): readonly string[] => {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => widthOf(row[column] ?? ''))));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => {
        const space = ' '.repeat((widths[column] ?? 0) - widthOf(cell));
        return column === 0 ? cell + space : space + cell;
      })
      .join('  ')
      .trimEnd();
  return ['', title, ...all.map((row) => `  ${line(row)}`)];
};

/** A probe for a terminal: the answer, what limits it, then the tables. */
export const renderProbeConsole = (view: ProbeView): string =>
  [...view.headline, ...view.notes.map((note) => `Note: ${note}`), ...view.tables.flatMap(tableLines)]
    .map((line) => `${sanitiseOutput(line)}\n`)
    .join('');
