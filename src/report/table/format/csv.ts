import { sanitise } from '../../sanitise.ts';
import type { Cell, Column } from '../column.ts';
import type { Cells } from '../sorted-records.ts';

/** What spreadsheets take for the start of a formula (OWASP), full-width forms included. */
const formulaStart = /^[=+\-@\t\r＝＋－＠]/;

/** Texts that need no thought: letters, digits and marks that neither start a formula nor steer a terminal nor end a cell. */
const harmless = /^[\w.:/ ][\w.:/ -]*$/;

const textCell = (text: string): string =>
  harmless.test(text) ? text : sanitise(formulaStart.test(text) ? `'${text}` : text);

/** By the column's type, not by the character: a negative number is a number, a text that looks like a formula gets a leading apostrophe. */
const cellText = (
  cell: Cell,
  { type, raw }: { readonly type: Column<never>['type'] | undefined; readonly raw: boolean },
): string => {
  if (cell === undefined) return '';
  if (typeof cell !== 'string') return String(cell);
  return raw || type !== 'string' ? cell : textCell(cell);
};

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const line = (texts: readonly string[]): string => `${texts.map(quoted).join(',')}\n`;

/** The heading of a CSV file. */
export const csvHead = (columns: readonly Pick<Column<never>, 'name'>[]): string =>
  line(columns.map(({ name }) => name));

/** Rows as RFC 4180 text: `\n`, full-precision numbers, booleans as words, unknown as an empty cell. The same rows give the same bytes. */
export const csvRows = (
  rows: readonly Cells[],
  { columns, raw }: { readonly columns: readonly Pick<Column<never>, 'type'>[]; readonly raw: boolean },
): string =>
  rows.map((cells) => line(cells.map((cell, place) => cellText(cell, { type: columns[place]?.type, raw })))).join('');
