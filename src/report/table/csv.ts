import { stringify } from 'csv-stringify/sync';
import { sanitise } from '../sanitise.ts';
import { cellOf } from './cell.ts';
import type { Cell, Column } from './column.ts';

/** What spreadsheets take for the start of a formula (OWASP), full-width forms included. */
const formulaStart = /^[=+\-@\t\r＝＋－＠]/;

const textCell = (text: string): string => sanitise(formulaStart.test(text) ? `'${text}` : text);

/** By the column's type, not by the character: a negative number is a number, a text that looks like a formula gets a leading apostrophe. */
const cellText = (
  cell: Cell,
  { column, raw }: { readonly column: Pick<Column<never>, 'type'>; readonly raw: boolean },
): string => {
  if (cell === undefined) return '';
  if (typeof cell !== 'string') return String(cell);
  return raw || column.type !== 'string' ? cell : textCell(cell);
};

const rowsAtOnce = 1000;

/** RFC 4180 text: UTF-8, `\n`, full-precision numbers, booleans as words, unknown as an empty cell. The same rows give the same bytes. */
export async function* csv<Row>(
  rows: AsyncIterable<Row> | Iterable<Row>,
  { columns, raw }: { readonly columns: readonly Column<Row>[]; readonly raw: boolean },
): AsyncGenerator<string> {
  yield stringify([columns.map(({ name }) => name)]);
  let waiting: string[][] = [];
  for await (const row of rows) {
    waiting.push(columns.map((column) => cellText(cellOf(column, row), { column, raw })));
    if (waiting.length < rowsAtOnce) continue;
    yield stringify(waiting);
    waiting = [];
  }
  if (waiting.length > 0) yield stringify(waiting);
}
