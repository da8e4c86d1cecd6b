import { type MeasuredRun, measureRun } from '../../src/analysis/runs/measured-run.ts';
import type { Manifest } from '../../src/domain/run.ts';
import type { TrialRecord, TrialSpec } from '../../src/domain/trial.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import { aManifest, aRecord } from './records.ts';

export const resolved: Verdict = { outcome: 'resolved', mode: 'live', reason: 'all tests passed' };
export const unresolved: Verdict = { outcome: 'unresolved', mode: 'live', reason: '1 of 2 tests failed' };

export type RunShape = {
  readonly runId?: string;
  readonly contenders?: readonly string[];
  readonly tasks?: number;
  readonly attempts?: number;
  /** What a trial came to; undefined leaves it without a record. */
  readonly trial: (place: {
    readonly contender: string;
    readonly task: number;
    readonly index: number;
  }) => Partial<TrialRecord> | undefined;
  readonly manifest?: Partial<Manifest>;
};

/** A run of made-up records: the manifest plans every trial, the log holds those that came to something. */
export const aRun = ({
  runId = 'run-1',
  contenders = ['spark', 'codex'],
  tasks = 20,
  attempts = 1,
  trial,
  manifest = {},
}: RunShape): { readonly manifest: Manifest; readonly records: readonly TrialRecord[] } => {
  const places = contenders.flatMap((contender) =>
    Array.from({ length: tasks * attempts }, (_, place) => ({
      contender,
      task: Math.floor(place / attempts),
      index: place % attempts,
    })),
  );
  const specOf = ({ contender, task, index }: (typeof places)[number]): TrialSpec => ({
    trialId: `${contender}-${task}-${index}`,
    suite: 'terminal',
    task: `task-${task}`,
    taskDigest: `sha256:${task}`,
    contender,
    index,
  });
  const records = places.flatMap((place) => {
    const outcome = trial(place);
    const spec = specOf(place);
    return outcome === undefined
      ? []
      : [aRecord({ ...spec, runId, attemptId: `${runId}-${spec.trialId}`, ...outcome })];
  });
  const described = contenders.map((name) => ({
    name,
    agent: 'shell',
    endpoints: ['wafer'],
    settings: {},
    simulated: name.endsWith('-sim'),
  }));
  return { manifest: aManifest({ runId, contenders: described, plan: places.map(specOf), ...manifest }), records };
};

/** The same, read as gates read it. */
export const aMeasuredRun = (shape: RunShape, turnMetrics: readonly string[] = []): Promise<MeasuredRun> => {
  const { manifest, records } = aRun(shape);
  async function* log(): AsyncGenerator<TrialRecord> {
    yield* records;
  }
  return measureRun(manifest, log, turnMetrics);
};
