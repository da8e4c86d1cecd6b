import type { TrialRecord } from '../../domain/trial.ts';
import { trajectorySteps } from '../detail/trajectory-steps.ts';
import type { FilesOf } from '../detail/trial-detail.ts';
import type { ReportModel } from '../model.ts';
import type { ContenderRow } from './contender-table.ts';
import { sortedRecords } from './sorted-records.ts';
import { type SpanRow, spansOf } from './span-table.ts';
import type { ToolCallRow } from './tool-call-table.ts';
import { type TrialRow, trialRow } from './trial-table.ts';
import type { TurnRow } from './turn-table.ts';

/** Where rows come from that the model does not hold. */
export type RowSources = { readonly records: () => AsyncIterable<TrialRecord>; readonly filesOf: FilesOf };

/** One row a contender, in the manifest's order. */
export const contenderRows = (model: ReportModel): readonly ContenderRow[] =>
  model.contenders.flatMap((label, index) => {
    const summary = model.summary.contenders[index];
    return summary === undefined ? [] : [{ runId: model.run.runId, label, summary }];
  });

/** One row an attempt, sorted; `weight` is how many rows of memory a trial's records are worth. */
export async function* trialRows(
  model: ReportModel,
  {
    records,
    weight = () => 10,
  }: Pick<RowSources, 'records'> & { readonly weight?: (trial: { readonly steps: number }) => number },
): AsyncGenerator<TrialRow> {
  const contenders = new Map(model.contenders.map((label) => [label.name, label]));
  const counted = new Set(model.selection.trials.map(({ attemptId }) => attemptId));
  for await (const record of sortedRecords(model.selection.trials, { records, weight }))
    yield trialRow(record, { contenders, counted });
}

/** One row a model call. */
export async function* turnRows(model: ReportModel, { records }: RowSources): AsyncGenerator<TurnRow> {
  for await (const row of trialRows(model, { records, weight: ({ steps }) => steps }))
    yield* row.record.turns.map((turn, turnIndex): TurnRow => ({ ...row, turn, turnIndex }));
}

async function* withFile(
  model: ReportModel,
  { records, filesOf }: RowSources,
  name: string,
): AsyncGenerator<{ readonly row: TrialRow; readonly text: string }> {
  for await (const row of trialRows(model, { records })) {
    const file = (await filesOf(row.record)).find(({ path }) => path === name);
    if (file !== undefined) yield { row, text: file.content };
  }
}

/** One row a span. */
export async function* spanRows(model: ReportModel, sources: RowSources): AsyncGenerator<SpanRow> {
  for await (const { row, text } of withFile(model, sources, 'spans.jsonl'))
    yield* spansOf(text).map((span, spanIndex): SpanRow => ({ ...row, span, spanIndex }));
}

/** One row a tool call. */
export async function* toolCallRows(model: ReportModel, sources: RowSources): AsyncGenerator<ToolCallRow> {
  for await (const { row, text } of withFile(model, sources, 'trajectory.json')) {
    const steps = (trajectorySteps(text) ?? []).filter(({ source }) => source === 'agent');
    yield* steps.flatMap((step, stepIndex) =>
      step.calls.map((_, callIndex): ToolCallRow => ({ ...row, step, stepIndex, callIndex })),
    );
  }
}
