import type { Manifest } from '../domain/run.ts';
import type { TrialRecord } from '../domain/trial.ts';

/** One run's folder: the manifest, the append-only log, one folder an attempt. One writer; an attempt id is stored once. */
export interface RunStore extends AsyncDisposable {
  readonly folder: string;
  readonly manifest: Manifest;
  /** Durable when it resolves (fdatasync). A second record with a known attempt id is ignored. */
  append(record: TrialRecord): Promise<void>;
  records(): AsyncIterable<TrialRecord>;
  /** Keeps a file beside the attempt's record; redacted like everything written. `path` is relative and stays inside. */
  writeArtifact(
    attempt: { readonly trialId: string; readonly attemptId: string },
    path: string,
    content: string,
  ): Promise<void>;
}
