/*
 * For the CLI. In this order:
 *
 *   collect(manifest, store.records())     src/analysis/collect.ts   → Promise<Collected>, one pass over the log
 *   reportModel(manifest, collected)       src/report/model.ts       → ReportModel, plain JSON
 *   renderReport(model, sources)           this file                 → AsyncGenerator<ReportFile>, one file at a time
 *   renderConsole(model, { color })        src/report/console.ts     → string for stdout
 *   sanitise(text), sanitiseLine(text)     src/report/sanitise.ts    → text that may go to a terminal
 *
 *   for await (const { path, content } of renderReport(model, { records, filesOf }))
 *     await writeFile(join(runFolder, 'report', path), content);     // make the folder of `path` first
 *
 * `content` is a string, bytes, or an AsyncIterable of either: all that writeFile of node:fs/promises takes. Write each file before asking for the
 * next. `records` reads the log from its start and is called for each pass over it; `filesOf({ trialId, attemptId })` resolves to the files beside an
 * attempt (trajectory.json, spans.jsonl, submission.diff, verifier/…; paths relative to the attempt's folder), or to none.
 */
import type { TrialRecord } from '../domain/trial.ts';
import { charts } from './chart/charts.ts';
import { svgOf } from './chart/svg.ts';
import { paperTheme } from './chart/theme.ts';
import { packDetails } from './detail/pack-details.ts';
import type { FilesOf } from './detail/trial-detail.ts';
import { carriesTrials } from './html/island.ts';
import { htmlPage } from './html/page.ts';
import { markdownSummary } from './markdown.ts';
import type { ReportModel } from './model.ts';
import type { ReportFile } from './report-file.ts';
import { tables } from './table/tables.ts';

/** Where a report reads what the model does not hold. */
export type ReportSources = {
  /** The run's log again, from its start. */
  readonly records: () => AsyncIterable<TrialRecord>;
  /** The files beside an attempt. */
  readonly filesOf: FilesOf;
};

export type ReportOptions = {
  /** Characters that trial details may take in the page; default 3,500,000. */
  readonly detailBudget?: number | undefined;
  /** Leave text cells of CSV files as they are, even where a spreadsheet would take them for a formula. */
  readonly rawCsv?: boolean | undefined;
};

const paperWidth = 760;

/** Every figure that has something to show: its specification and its drawing. */
async function* chartFiles(
  model: ReportModel,
): AsyncGenerator<{ readonly id: string; readonly files: readonly ReportFile[]; readonly svg: string }> {
  for (const { id, specification } of charts) {
    const drawn = specification(model, { theme: paperTheme, width: paperWidth });
    if (drawn === undefined) continue;
    const svg = await svgOf(drawn);
    yield {
      id,
      svg,
      files: [
        { path: `charts/${id}.svg`, content: svg },
        { path: `charts/${id}.vl.json`, content: `${JSON.stringify(drawn, null, 1)}\n` },
      ],
    };
  }
}

/** All files of a report, computed from the model and the log alone. */
export async function* renderReport(
  model: ReportModel,
  sources: ReportSources,
  options: ReportOptions = {},
): AsyncGenerator<ReportFile> {
  const drawings = new Map<string, string>();
  for await (const { id, svg, files } of chartFiles(model)) {
    drawings.set(id, svg);
    yield* files;
  }
  const details = packDetails(carriesTrials(model) ? model.selection.trials : [], {
    filesOf: sources.filesOf,
    budget: options.detailBudget ?? 3_500_000,
  });
  yield { path: 'index.html', content: htmlPage(model, { drawings, details }) };
  yield { path: 'summary.md', content: markdownSummary(model) };
  yield* tables(model, { ...sources, rawCsv: options.rawCsv ?? false });
}
