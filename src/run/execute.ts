import { UserError } from '../domain/errors.ts';
import type { TrialRecord, TrialSpec } from '../domain/trial.ts';
import type { RunStore } from '../store/store.ts';
import type { Emit } from './events.ts';
import type { TrialResult } from './trial/job.ts';

/** Attempts of a trial that are already in the log, and whether one of them counts. */
type Progress = { attempts: number; settled: boolean };

/** An attempt that our side broke does not settle its trial, as long as retries are left. */
const settles = (record: TrialRecord, infraRetries: number): boolean =>
  record.infraError === undefined || record.attempt >= infraRetries;

/** What the log already holds, by trial id. */
export const progressOf = async (
  records: AsyncIterable<TrialRecord>,
  infraRetries: number,
): Promise<ReadonlyMap<string, Progress>> => {
  const progress = new Map<string, Progress>();
  for await (const record of records) {
    const entry = progress.get(record.trialId) ?? { attempts: 0, settled: false };
    entry.attempts = Math.max(entry.attempts, record.attempt + 1);
    entry.settled ||= settles(record, infraRetries);
    progress.set(record.trialId, entry);
  }
  return progress;
};

export type ExecuteOptions = {
  readonly concurrency: number;
  readonly infraRetries: number;
  readonly signal: AbortSignal;
  readonly emit: Emit;
  /** Ends the run: every further trial would fail alike (a key that is refused, a model that does not exist). */
  readonly isHopeless?: (record: TrialRecord) => boolean;
  /** Runs one attempt; undefined when cancelled. */
  readonly run: (spec: TrialSpec, attempt: number) => Promise<TrialResult | undefined>;
};

const runToEnd = async (
  spec: TrialSpec,
  { store, firstAttempt, options }: { store: RunStore; firstAttempt: number; options: ExecuteOptions },
): Promise<TrialRecord | undefined> => {
  for (let attempt = firstAttempt; !options.signal.aborted; attempt += 1) {
    options.emit({ type: 'trial-start', spec, attempt });
    const result = await options.run(spec, attempt);
    if (result === undefined) return undefined;
    // Files first: a record in the log promises that its files are there.
    for (const { path, content } of result.artifacts) await store.writeArtifact(result.record, path, content);
    await store.append(result.record);
    const settled = settles(result.record, options.infraRetries);
    options.emit({ type: 'trial-end', record: result.record, willRetry: !settled });
    if (settled || options.isHopeless?.(result.record)) return result.record;
  }
  return undefined;
};

/**
 * Runs the plan minus what the log has settled: `concurrency` workers take trials in plan order until none is left or
 * the signal fires. Throws when the log itself cannot be written; the other workers then stop at their next trial.
 */
export const executePlan = async (
  plan: readonly TrialSpec[],
  store: RunStore,
  options: ExecuteOptions,
): Promise<void> => {
  const progress = await progressOf(store.records(), options.infraRetries);
  const open = plan.filter(({ trialId }) => !progress.get(trialId)?.settled);
  options.emit({ type: 'run-start', total: plan.length, done: plan.length - open.length });
  const queue = open[Symbol.iterator]();
  let failed = false;
  const isHopeless = options.isHopeless ?? (() => false);
  const work = async (): Promise<void> => {
    for (const spec of queue) {
      if (options.signal.aborted || failed) return;
      try {
        const last = await runToEnd(spec, { store, firstAttempt: progress.get(spec.trialId)?.attempts ?? 0, options });
        if (last !== undefined && isHopeless(last))
          throw new UserError(last.infraError?.message ?? 'the run is hopeless', {
            fix: 'mend the endpoint in the configuration, then `tacho resume` the run',
            exitCode: 21,
          });
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: options.concurrency }, work));
  options.emit({ type: 'run-end', cancelled: options.signal.aborted });
  for (const worker of workers) if (worker.status === 'rejected') throw worker.reason;
};
