import type { ReportFile } from '../../report-file.ts';
import type { Table } from '../column.ts';
import type { Cells } from '../sorted-records.ts';
import { csvHead, csvRows } from './csv.ts';
import { parquetFile } from './parquet.ts';

/** Rows of one piece of CSV and one row group of Parquet. */
const rowsAtOnce = 10_000;

async function* batches(rows: AsyncIterable<Cells> | Iterable<Cells>): AsyncGenerator<readonly Cells[]> {
  let batch: Cells[] = [];
  for await (const row of rows) {
    if (batch.push(row) < rowsAtOnce) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/**
 * A table as a CSV and a Parquet file of the same rows. The rows are made once, while the CSV file is written; the Parquet file, a tenth of its size, waits
 * in memory until then. So the CSV file has to be written before the Parquet file is asked for.
 */
export function* filesOfTable<Row>(
  { name, columns }: Table<Row>,
  { rows, raw }: { readonly rows: AsyncIterable<Cells> | Iterable<Cells>; readonly raw: boolean },
): Generator<ReportFile> {
  const parquet = parquetFile(columns);
  const pieces: Uint8Array[] = [];
  async function* text(): AsyncGenerator<string> {
    yield csvHead(columns);
    for await (const batch of batches(rows)) {
      pieces.push(await parquet.add(batch));
      yield csvRows(batch, { columns, raw });
    }
    pieces.push(await parquet.finish());
  }
  yield { path: `tables/${name}.csv`, content: text() };
  yield {
    path: `tables/${name}.parquet`,
    content: {
      [Symbol.asyncIterator]: async function* () {
        yield* pieces;
      },
    },
  };
}
