import type { TrialRecord } from '../../domain/trial.ts';
import { trajectorySteps } from '../detail/trajectory-steps.ts';
import type { FilesOf } from '../detail/trial-detail.ts';
import type { ReportModel } from '../model.ts';
import { cellOf } from './cell.ts';
import type { Column } from './column.ts';
import type { ContenderRow } from './grain/contender-table.ts';
import { spanColumns, spansOf } from './grain/span-table.ts';
import { toolCallColumns } from './grain/tool-call-table.ts';
import { trialColumns, trialRow } from './grain/trial-table.ts';
import { turnColumns } from './grain/turn-table.ts';
import { type KeyedRow, keyedRows } from './key-columns.ts';
import { type Cells, keyCells, sortedCells } from './sorted-records.ts';

/** Where rows come from that the model does not hold. */
export type RowSources = { readonly records: () => AsyncIterable<TrialRecord>; readonly filesOf: FilesOf };

/** The cells of rows that are at hand. */
export const cellsOf = <Row>(rows: readonly Row[], columns: readonly Column<Row>[]): readonly Cells[] =>
  rows.map((row) => columns.map((column) => cellOf(column, row)));

/** One row a contender, in the manifest's order. */
export const contenderRows = (model: ReportModel): readonly ContenderRow[] =>
  model.contenders.flatMap((label, index) => {
    const summary = model.summary.contenders[index];
    return summary === undefined ? [] : [{ runId: model.run.runId, label, summary }];
  });

/** One row an attempt. */
export const trialCells = (model: ReportModel, { records }: RowSources): AsyncIterable<Cells> =>
  sortedCells(keyedRows(model), {
    records,
    projection: { columns: trialColumns, rows: (record, attempt) => [trialRow(record, attempt)], count: () => 1 },
  });

/** One row a model call. */
export const turnCells = (model: ReportModel, { records }: RowSources): AsyncIterable<Cells> =>
  sortedCells(keyedRows(model), {
    records,
    projection: {
      columns: turnColumns,
      rows: (record, attempt) => record.turns.map((turn, turnIndex) => ({ ...attempt, turn, turnIndex })),
      count: ({ key }) => key.turns,
    },
  });

/** The rows that a file beside an attempt leads to, attempt by attempt. */
async function* cellsOfFiles<Row>(
  model: ReportModel,
  {
    filesOf,
    name,
    columns,
    rows,
  }: {
    filesOf: FilesOf;
    name: string;
    columns: readonly Column<Row>[];
    rows: (text: string, attempt: KeyedRow) => readonly Row[];
  },
): AsyncGenerator<Cells> {
  for (const attempt of keyedRows(model)) {
    const file = (await filesOf(attempt.key)).find(({ path }) => path === name);
    if (file === undefined) continue;
    const key = keyCells(attempt);
    for (const cells of cellsOf(rows(file.content, attempt), columns)) yield [...key, ...cells];
  }
}

/** One row a span. */
export const spanCells = (model: ReportModel, { filesOf }: RowSources): AsyncIterable<Cells> =>
  cellsOfFiles(model, {
    filesOf,
    name: 'spans.jsonl',
    columns: spanColumns,
    rows: (text, attempt) => spansOf(text).map((span, spanIndex) => ({ ...attempt, span, spanIndex })),
  });

/** One row a tool call. */
export const toolCallCells = (model: ReportModel, { filesOf }: RowSources): AsyncIterable<Cells> =>
  cellsOfFiles(model, {
    filesOf,
    name: 'trajectory.json',
    columns: toolCallColumns,
    rows: (text, attempt) => {
      const steps = (trajectorySteps(text) ?? []).filter(({ source }) => source === 'agent');
      return steps.flatMap((step, stepIndex) =>
        step.calls.map((_, callIndex) => ({ ...attempt, step, stepIndex, callIndex })),
      );
    },
  });
