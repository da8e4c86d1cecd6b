import type { AttemptKey } from '../../analysis/collect.ts';
import type { ContenderLabel, ReportModel } from '../model.ts';
import type { Column } from './column.ts';

/** A row that belongs to an attempt. */
export type KeyedRow = {
  readonly key: AttemptKey;
  readonly contender: ContenderLabel | undefined;
  readonly isCounted: boolean;
};

/** Columns that say which attempt a row belongs to; every table below the contender has them. */
export const keyColumns: readonly Column<KeyedRow>[] = [
  { name: 'run_id', type: 'string', description: 'the run', value: ({ key }) => key.runId },
  {
    name: 'trial_id',
    type: 'string',
    description: 'hash of suite, task digest, contender and index',
    value: ({ key }) => key.trialId,
  },
  { name: 'attempt_id', type: 'string', description: 'one attempt of the trial', value: ({ key }) => key.attemptId },
  { name: 'suite', type: 'string', description: 'the suite of the task', value: ({ key }) => key.suite },
  { name: 'task', type: 'string', description: 'the task', value: ({ key }) => key.task },
  { name: 'contender', type: 'string', description: 'agent × endpoint × settings', value: ({ key }) => key.contender },
  {
    name: 'simulated',
    type: 'boolean',
    description: 'true where an endpoint of the contender is simulated',
    value: ({ contender }) => contender?.simulated,
  },
  {
    name: 'replayed',
    type: 'boolean',
    description: 'true where an endpoint of the contender is a recording, played back',
    value: ({ contender }) => contender?.replayed,
  },
  {
    name: 'tokens_estimated',
    type: 'boolean',
    description: 'true where output tokens of the contender were counted by us, since a server stated none',
    value: ({ contender }) => contender?.tokensEstimated,
  },
  { name: 'trial_index', type: 'integer', description: '0 … k−1', value: ({ key }) => key.index },
  {
    name: 'attempt',
    type: 'integer',
    description: '0 for the first; later ones repeat the trial after an infra error',
    value: ({ key }) => key.attempt,
  },
  {
    name: 'is_counted',
    type: 'boolean',
    description: 'true for the one attempt of a trial that rates and times are computed from',
    value: ({ isCounted }) => isCounted,
  },
];

/** Every attempt of the model as a row, sorted. */
export const keyedRows = (model: ReportModel): readonly KeyedRow[] => {
  const contenders = new Map(model.contenders.map((label) => [label.name, label]));
  const counted = new Set(model.selection.trials.map(({ attemptId }) => attemptId));
  return model.attempts.map((key) => ({
    key,
    contender: contenders.get(key.contender),
    isCounted: counted.has(key.attemptId),
  }));
};
