import type { TrialRecord } from '../../domain/trial.ts';
import { cellOf } from './cell.ts';
import type { Cell, Column } from './column.ts';
import { columnStore } from './column-store.ts';
import { type KeyedRow, keyColumns } from './key-columns.ts';

/** A row whose cells are computed, in the order of its table's columns. */
export type Cells = readonly Cell[];

/** Rows held in memory at once while sorting. */
const rowsAtOnce = 1_000_000;

/** Neighbouring attempts whose rows together stay within the limit. */
const slices = (
  attempts: readonly KeyedRow[],
  count: (attempt: KeyedRow) => number,
): readonly (readonly KeyedRow[])[] => {
  const found: KeyedRow[][] = [];
  let room = 0;
  for (const attempt of attempts) {
    const rows = count(attempt);
    if (found.length === 0 || room < rows) {
      found.push([]);
      room = rowsAtOnce;
    }
    found.at(-1)?.push(attempt);
    room -= rows;
  }
  return found;
};

/** How the records of a log become the rows of a table. */
export type Projection<Row> = {
  /** The table's columns after the key columns. */
  readonly columns: readonly Column<Row>[];
  /** The rows that an attempt leads to. */
  readonly rows: (record: TrialRecord, attempt: KeyedRow) => readonly Row[];
  /** How many those are, known before the record is read. */
  readonly count: (attempt: KeyedRow) => number;
};

/** The key cells of an attempt, which all its rows share. */
export const keyCells = (attempt: KeyedRow): Cells => keyColumns.map((column) => cellOf(column, attempt));

/**
 * The rows of a table in the order of the attempts given, whatever order the log is in. The log is read once for every slice of attempts whose rows fit
 * in memory together, and only their cells are kept: memory does not grow with the log.
 */
export async function* sortedCells<Row>(
  attempts: readonly KeyedRow[],
  { records, projection }: { readonly records: () => AsyncIterable<TrialRecord>; readonly projection: Projection<Row> },
): AsyncGenerator<Cells> {
  for (const slice of slices(attempts, projection.count)) {
    const starts = new Map<string, { readonly attempt: KeyedRow; readonly start: number }>();
    let size = 0;
    for (const attempt of slice) {
      starts.set(attempt.key.attemptId, { attempt, start: size });
      size += projection.count(attempt);
    }
    const store = columnStore(projection.columns, size);
    for await (const record of records()) {
      const found = starts.get(record.attemptId);
      if (found === undefined) continue;
      for (const [place, row] of projection.rows(record, found.attempt).entries()) store.set(found.start + place, row);
    }
    for (const { attempt, start } of starts.values()) {
      const key = keyCells(attempt);
      for (let place = 0; place < projection.count(attempt); place++) yield [...key, ...store.get(start + place)];
    }
  }
}
