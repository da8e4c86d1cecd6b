import { ByteWriter, ParquetWriter, type SchemaElement, schemaFromColumnData } from 'hyparquet-writer';
import { cellOf } from './cell.ts';
import type { Cell, Column } from './column.ts';

const parquetTypes = {
  string: 'STRING',
  integer: 'INT64',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  datetime: 'STRING',
} as const;

/** Rows of one row group: what is held in memory while writing. */
const groupRows = 20_000;

const parquetValue = (cell: Cell, type: Column<never>['type']): string | number | bigint | boolean | null => {
  if (cell === undefined) return null;
  return type === 'integer' && typeof cell === 'number' ? BigInt(Math.round(cell)) : cell;
};

const columnDataOf = <Row>(rows: readonly Row[], columns: readonly Column<Row>[]) =>
  columns.map((column) => ({
    name: column.name,
    type: parquetTypes[column.type],
    nullable: true,
    data: rows.map((row) => parquetValue(cellOf(column, row), column.type)),
  }));

/** The bytes written since the last call. */
const take = (writer: ByteWriter): Uint8Array => {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
};

/** The same table as {@link csv} as a Parquet file (snappy), texts raw, unknown as null, written row group by row group. */
export async function* parquet<Row>(
  rows: AsyncIterable<Row> | Iterable<Row>,
  columns: readonly Column<Row>[],
): AsyncGenerator<Uint8Array> {
  const writer = new ByteWriter();
  const schema: SchemaElement[] = schemaFromColumnData({ columnData: columnDataOf([], columns) });
  const file = new ParquetWriter({ writer, schema, createdBy: 'tacho' });
  let group: Row[] = [];
  for await (const row of rows) {
    group.push(row);
    if (group.length < groupRows) continue;
    await file.write({ columnData: columnDataOf(group, columns), rowGroupSize: groupRows });
    group = [];
    yield take(writer);
  }
  if (group.length > 0) await file.write({ columnData: columnDataOf(group, columns), rowGroupSize: groupRows });
  await file.finish();
  yield take(writer);
}
