import { collect } from '../../src/analysis/collect.ts';
import type { Selection } from '../../src/analysis/selection.ts';
import { type Summary, summarise } from '../../src/analysis/summary.ts';
import type { TrialRecord } from '../../src/domain/trial.ts';
import { aManifest, aRecord } from './records.ts';

/** One trial in short: who, which task, solved or not, how many seconds. */
export type ShortTrial = readonly [contender: string, task: string, solved: boolean, seconds: number];

/** Records of trials in short; every field can be replaced, for each by its place. */
export const recordsOf = (
  rows: readonly ShortTrial[],
  overrides: (place: number) => Partial<TrialRecord> = () => ({}),
): readonly TrialRecord[] =>
  rows.map(([contender, task, solved, seconds], place) =>
    aRecord({
      contender,
      task,
      trialId: `${contender}-${task}-${place}`,
      attemptId: `${contender}-${task}-${place}`,
      agentMs: seconds * 1000,
      verdict: { outcome: solved ? 'resolved' : 'unresolved', mode: 'live', reason: '' },
      ...overrides(place),
    }),
  );

/** The records as a selection, contenders in order of appearance. */
export const selectionOf = async (records: readonly TrialRecord[]): Promise<Selection> => {
  const { tasks, trials } = await collect(aManifest(), records);
  return { contenders: [...new Set(records.map(({ contender }) => contender))], tasks, trials };
};

/** The summary of the records, with few replicates. */
export const quickSummary = async (records: readonly TrialRecord[]): Promise<Summary> =>
  summarise(await selectionOf(records), { seed: 1, effort: 20_000 });
