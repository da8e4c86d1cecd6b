import type { ReportModel } from '../model.ts';
import type { ReportFile } from '../report-file.ts';
import type { Table } from './column.ts';
import { contenderTable } from './contender-table.ts';
import { csv } from './csv.ts';
import { dataPackage, describe } from './datapackage.ts';
import { metricRows, metricTable } from './metric-table.ts';
import { parquet } from './parquet.ts';
import { contenderRows, type RowSources, spanRows, toolCallRows, trialRows, turnRows } from './rows.ts';
import { runTable } from './run-table.ts';
import { spanTable } from './span-table.ts';
import { toolCallTable } from './tool-call-table.ts';
import { trialTable } from './trial-table.ts';
import { turnTable } from './turn-table.ts';

type Rows<Row> = () => Iterable<Row> | AsyncIterable<Row>;

/** A table as two files of the same rows; the rows are made once for each. */
const filesOfTable = <Row>(
  { name, columns }: Table<Row>,
  { rows, raw }: { readonly rows: Rows<Row>; readonly raw: boolean },
): readonly ReportFile[] => [
  { path: `tables/${name}.csv`, content: csv(rows(), { columns, raw }) },
  { path: `tables/${name}.parquet`, content: parquet(rows(), columns) },
];

/** The analyst's tables as CSV and Parquet, and their data dictionary. */
export function* tables(
  model: ReportModel,
  { rawCsv: raw, ...sources }: RowSources & { readonly rawCsv: boolean },
): Generator<ReportFile> {
  yield* filesOfTable(runTable, { rows: () => [model], raw });
  yield* filesOfTable(contenderTable, { rows: () => contenderRows(model), raw });
  yield* filesOfTable(metricTable, { rows: () => metricRows(model), raw });
  yield* filesOfTable(trialTable, { rows: () => trialRows(model, sources), raw });
  yield* filesOfTable(turnTable, { rows: () => turnRows(model, sources), raw });
  yield* filesOfTable(spanTable, { rows: () => spanRows(model, sources), raw });
  yield* filesOfTable(toolCallTable, { rows: () => toolCallRows(model, sources), raw });
  const described = [
    describe(runTable),
    describe(contenderTable),
    describe(metricTable),
    describe(trialTable),
    describe(turnTable),
    describe(spanTable),
    describe(toolCallTable),
  ];
  yield { path: 'datapackage.json', content: dataPackage(model, described) };
}
