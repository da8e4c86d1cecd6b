import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { collect } from '../../analysis/collect.ts';
import { renderConsole } from '../../report/console.ts';
import type { FilesOf } from '../../report/detail/trial-detail.ts';
import { reportModel } from '../../report/model.ts';
import { type ReportOptions, renderReport } from '../../report/render.ts';
import { readAttemptFiles } from '../../store/attempt-files.ts';
import { readRun } from '../../store/jsonl.ts';
import type { Output } from '../output.ts';

/** Writes every report of a run into its folder and returns the text for the console. Reads the run's folder only. */
export const writeReport = async (
  folder: string,
  output: Output,
  options: ReportOptions = {},
): Promise<{ readonly console: string }> => {
  const { manifest, records } = await readRun(folder);
  const model = reportModel(manifest, await collect(manifest, records()));
  const filesOf: FilesOf = (attempt) => readAttemptFiles(folder, attempt);
  for await (const { path, content } of renderReport(model, { records, filesOf }, options)) {
    const target = join(folder, 'report', path);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await writeFile(target, content);
  }
  return { console: renderConsole(model, { color: output.colour.level > 0 }) };
};
