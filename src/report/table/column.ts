import type { Unit } from '../../measure/catalogue/metric.ts';

/** What a cell may hold; undefined is an empty cell: unknown, never 0. */
export type Cell = string | number | boolean | undefined;

/** A column of a table, declared once: CSV, Parquet and the data dictionary are made from it. */
export type Column<Row> = {
  /** snake_case, unit included. */
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'datetime';
  readonly description: string;
  readonly unit?: Unit | undefined;
  /** The values that a column of words can have. */
  readonly values?: readonly string[] | undefined;
  readonly value: (row: Row) => Cell;
};

/** A table at one grain, its rows in a stable order. */
export type Table<Row> = {
  readonly name: string;
  readonly title: string;
  readonly columns: readonly Column<Row>[];
  /** The columns that identify a row. */
  readonly key: readonly string[];
};
