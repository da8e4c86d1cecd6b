import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { collect } from '../../src/analysis/collect.ts';
import { reportModel } from '../../src/report/model.ts';
import { renderReport } from '../../src/report/render.ts';
import { readAttemptFiles } from '../../src/store/attempt-files.ts';
import { readRun } from '../../src/store/jsonl.ts';

/** The recorded run that ships with the project: real trials on simulated endpoints. */
export const recordedRun = join(import.meta.dirname, '../../fixtures/runs/demo');

/** Writes the report of a run's folder into another folder, from the run's folder alone. */
export const writeReportOf = async (runFolder: string, target: string): Promise<void> => {
  const { manifest, records } = await readRun(runFolder);
  const model = reportModel(manifest, await collect(manifest, records()));
  for await (const { path, content } of renderReport(model, {
    records,
    filesOf: (attempt) => readAttemptFiles(runFolder, attempt),
  })) {
    await mkdir(dirname(join(target, path)), { recursive: true });
    await writeFile(join(target, path), content);
  }
};
