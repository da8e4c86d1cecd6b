import type { Cell, Column } from './column.ts';

/** The value of a cell; an empty text is as unknown as none, so that CSV and Parquet say the same. */
export const cellOf = <Row>(column: Column<Row>, row: Row): Cell => {
  const value = column.value(row);
  return value === '' ? undefined : value;
};
