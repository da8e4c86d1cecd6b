import type { ReportModel } from '../model.ts';
import type { ReportFile } from '../report-file.ts';
import { dataPackage, describe } from './format/datapackage.ts';
import { filesOfTable } from './format/table-files.ts';
import { contenderTable } from './grain/contender-table.ts';
import { metricRows, metricTable } from './grain/metric-table.ts';
import { runTable } from './grain/run-table.ts';
import { spanTable } from './grain/span-table.ts';
import { toolCallTable } from './grain/tool-call-table.ts';
import { trialTable } from './grain/trial-table.ts';
import { turnTable } from './grain/turn-table.ts';
import { cellsOf, contenderRows, type RowSources, spanCells, toolCallCells, trialCells, turnCells } from './rows.ts';

/** The analyst's tables as CSV and Parquet, and their data dictionary. */
export function* tables(
  model: ReportModel,
  { rawCsv: raw, ...sources }: RowSources & { readonly rawCsv: boolean },
): Generator<ReportFile> {
  yield* filesOfTable(runTable, { rows: cellsOf([model], runTable.columns), raw });
  yield* filesOfTable(contenderTable, { rows: cellsOf(contenderRows(model), contenderTable.columns), raw });
  yield* filesOfTable(metricTable, { rows: cellsOf(metricRows(model), metricTable.columns), raw });
  yield* filesOfTable(trialTable, { rows: trialCells(model, sources), raw });
  yield* filesOfTable(turnTable, { rows: turnCells(model, sources), raw });
  yield* filesOfTable(spanTable, { rows: spanCells(model, sources), raw });
  yield* filesOfTable(toolCallTable, { rows: toolCallCells(model, sources), raw });
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
