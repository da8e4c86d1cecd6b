import { join } from 'node:path';
import type { Manifest } from '../../src/domain/run.ts';
import type { TrialRecord } from '../../src/domain/trial.ts';
import { createStore } from '../../src/store/jsonl.ts';

/** Writes a run as Tacho itself would: through the store. Returns its folder. */
export const writeRun = async (
  results: string,
  { manifest, records }: { readonly manifest: Manifest; readonly records: readonly TrialRecord[] },
): Promise<string> => {
  const folder = join(results, manifest.runId);
  await using store = await createStore(folder, { manifest, redact: (text) => text });
  for (const record of records) await store.append(record);
  return folder;
};
