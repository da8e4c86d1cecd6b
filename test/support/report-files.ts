import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { collect } from '../../src/analysis/collect.ts';
import type { Manifest } from '../../src/domain/run.ts';
import type { TrialRecord } from '../../src/domain/trial.ts';
import { type ReportModel, reportModel } from '../../src/report/model.ts';
import { type ReportOptions, renderReport } from '../../src/report/render.ts';
import { syntheticDetails } from './synthetic-details.ts';

type Run = { readonly manifest: Manifest; readonly records: readonly TrialRecord[] };

const sources = ({ records }: Run) => ({
  records: async function* () {
    yield* records;
  },
  details: () => syntheticDetails(records),
});

/** The model of a run that is held in memory. */
export const modelOf = async ({ manifest, records }: Run): Promise<ReportModel> =>
  reportModel(manifest, await collect(manifest, records));

const textOf = async (content: string | Uint8Array | AsyncIterable<string>): Promise<string> => {
  if (typeof content === 'string') return content;
  return content instanceof Uint8Array
    ? new TextDecoder('latin1').decode(content)
    : (await Array.fromAsync(content)).join('');
};

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
