import type { TrialRecord } from '../../domain/trial.ts';
import type { ReportModel } from '../model.ts';
import type { ReportFile } from '../report-file.ts';
import { type ContenderRow, contenderTable } from './contender-table.ts';
import { csv } from './csv.ts';
import { sortedRecords } from './sorted-records.ts';
import { type TrialRow, trialRow, trialTable } from './trial-table.ts';
import { type TurnRow, turnTable } from './turn-table.ts';

type Source = { readonly records: () => AsyncIterable<TrialRecord>; readonly rawCsv: boolean };

const contenderRows = (model: ReportModel): readonly ContenderRow[] =>
  model.contenders.flatMap((label, index) => {
    const summary = model.summary.contenders[index];
    return summary === undefined ? [] : [{ runId: model.run.runId, label, summary }];
  });

async function* trialRows(
  model: ReportModel,
  { records, weight }: { records: Source['records']; weight: (trial: { readonly steps: number }) => number },
): AsyncGenerator<TrialRow> {
  const contenders = new Map(model.contenders.map((label) => [label.name, label]));
  const counted = new Set(model.selection.trials.map(({ attemptId }) => attemptId));
  for await (const record of sortedRecords(model.selection.trials, { records, weight }))
    yield trialRow(record, { contenders, counted });
}

async function* turnRows(model: ReportModel, records: Source['records']): AsyncGenerator<TurnRow> {
  for await (const row of trialRows(model, { records, weight: ({ steps }) => steps }))
    yield* row.record.turns.map((turn, turnIndex): TurnRow => ({ ...row, turn, turnIndex }));
}

/** The analyst's tables as CSV files. */
export function* tables(model: ReportModel, { records, rawCsv: raw }: Source): Generator<ReportFile> {
  yield { path: 'tables/contenders.csv', content: csv(contenderRows(model), { columns: contenderTable.columns, raw }) };
  yield {
    path: 'tables/trials.csv',
    content: csv(trialRows(model, { records, weight: () => 10 }), { columns: trialTable.columns, raw }),
  };
  yield { path: 'tables/turns.csv', content: csv(turnRows(model, records), { columns: turnTable.columns, raw }) };
}
