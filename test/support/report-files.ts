import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { collect } from '../../src/analysis/collect.ts';
import type { Manifest } from '../../src/domain/run.ts';
import type { TrialRecord } from '../../src/domain/trial.ts';
import { type ReportModel, reportModel } from '../../src/report/model.ts';
import { type ReportOptions, renderReport } from '../../src/report/render.ts';
import type { ReportFile } from '../../src/report/report-file.ts';
import { syntheticFilesOf } from './synthetic-details.ts';

type Run = { readonly manifest: Manifest; readonly records: readonly TrialRecord[] };

const sources = ({ records }: Run) => ({
  records: async function* () {
    yield* records;
  },
  filesOf: syntheticFilesOf(records),
});

/** The model of a run that is held in memory. */
export const modelOf = async ({ manifest, records }: Run): Promise<ReportModel> =>
  reportModel(manifest, await collect(manifest, records));

const pieceText = (piece: string | Uint8Array): string =>
  typeof piece === 'string' ? piece : Buffer.from(piece).toString('latin1');

const textOf = async (content: ReportFile['content']): Promise<string> =>
  typeof content === 'string' || content instanceof Uint8Array
    ? pieceText(content)
    : (await Array.fromAsync(content)).map(pieceText).join('');

/** Every file of the run's report by its path, as text; bytes as one character each. */
export const reportTexts = async (run: Run, options: ReportOptions = {}): Promise<ReadonlyMap<string, string>> => {
  const files = new Map<string, string>();
  for await (const { path, content } of renderReport(await modelOf(run), sources(run), options))
    files.set(path, await textOf(content));
  return files;
};

/** Writes the run's report into a folder. */
export const writeReportFiles = async (folder: string, run: Run): Promise<void> => {
  for await (const { path, content } of renderReport(await modelOf(run), sources(run))) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
};
