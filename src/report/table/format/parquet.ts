import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import type { Cell, Column } from '../column.ts';
import type { Cells } from '../sorted-records.ts';

const parquetTypes = {
  string: 'STRING',
  integer: 'INT64',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  datetime: 'STRING',
} as const;

type TypedColumn = Pick<Column<never>, 'name' | 'type'>;

const parquetValue = (cell: Cell, type: TypedColumn['type']): string | number | bigint | boolean | null => {
  if (cell === undefined) return null;
  return type === 'integer' && typeof cell === 'number' ? BigInt(Math.round(cell)) : cell;
};

const columnDataOf = (rows: readonly Cells[], columns: readonly TypedColumn[]) =>
  columns.map(({ name, type }, place) => ({
    name,
    type: parquetTypes[type],
    nullable: true,
    data: rows.map((cells) => parquetValue(cells[place], type)),
  }));

/** A Parquet file (snappy) in the making: texts raw, unknown as null, one row group a call of `add`. */
export const parquetFile = (columns: readonly TypedColumn[]) => {
  const writer = new ByteWriter();
  const file = new ParquetWriter({
    writer,
    schema: schemaFromColumnData({ columnData: columnDataOf([], columns) }),
    createdBy: 'tacho',
  });
  /** The bytes written since the last call. */
  const take = (): Uint8Array => {
    const bytes = writer.getBytes().slice();
    writer.index = 0;
    return bytes;
  };
  return {
    async add(rows: readonly Cells[]): Promise<Uint8Array> {
      await file.write({ columnData: columnDataOf(rows, columns), rowGroupSize: Math.max(1, rows.length) });
      return take();
    },
    async finish(): Promise<Uint8Array> {
      await file.finish();
      return take();
    },
  };
};
