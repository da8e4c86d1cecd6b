import type { TrialRecord } from '../../domain/trial.ts';
import type { TrialFacts } from '../../measure/trial-facts.ts';

/** Rows held in memory at once while sorting. */
const rowsAtOnce = 400_000;

/** Neighbouring trials (in the model's order) whose rows together stay within the limit. */
const slices = (
  trials: readonly TrialFacts[],
  weight: (trial: TrialFacts) => number,
): readonly ReadonlyMap<string, number>[] => {
  const found: Map<string, number>[] = [];
  let room = 0;
  for (const [place, trial] of trials.entries()) {
    const rows = weight(trial) + 1;
    if (found.length === 0 || room < rows) {
      found.push(new Map());
      room = rowsAtOnce;
    }
    found.at(-1)?.set(trial.trialId, place);
    room -= rows;
  }
  return found;
};

/**
 * Every attempt of the log in the model's order of trials, then by attempt. The log is read once for every slice of trials that fits in memory, so
 * that files are the same bytes whatever order the trials finished in, and memory does not grow with the log.
 */
export async function* sortedRecords(
  trials: readonly TrialFacts[],
  {
    records,
    weight,
  }: { readonly records: () => AsyncIterable<TrialRecord>; readonly weight: (trial: TrialFacts) => number },
): AsyncGenerator<TrialRecord> {
  for (const slice of slices(trials, weight)) {
    const kept: TrialRecord[] = [];
    for await (const record of records()) if (slice.has(record.trialId)) kept.push(record);
    const place = ({ trialId }: TrialRecord): number => slice.get(trialId) ?? 0;
    yield* kept.sort(
      (left, right) =>
        place(left) - place(right) || left.attempt - right.attempt || Number(left.attemptId > right.attemptId) - 0.5,
    );
  }
}
