import type { TrialRecord } from '../../domain/trial.ts';
import { trialMetrics } from '../../measure/catalogue/trial-metrics.ts';
import { type TrialFacts, trialFacts } from '../../measure/trial-facts.ts';
import type { ContenderLabel } from '../model.ts';
import type { Column, Table } from './column.ts';
import { metricColumn } from './metric-column.ts';

/** One attempt, with what is known about its trial and contender. */
export type TrialRow = {
  readonly record: TrialRecord;
  readonly facts: TrialFacts;
  readonly contender: ContenderLabel | undefined;
  readonly isCounted: boolean;
};

/** The row of an attempt; `counted` holds the ids of the counted attempts. */
export const trialRow = (
  record: TrialRecord,
  {
    contenders,
    counted,
  }: { readonly contenders: ReadonlyMap<string, ContenderLabel>; readonly counted: ReadonlySet<string> },
): TrialRow => ({
  record,
  facts: trialFacts(record),
  contender: contenders.get(record.contender),
  isCounted: counted.has(record.attemptId),
});

const verdictWords: Readonly<Record<TrialFacts['outcome'], string>> = {
  resolved: 'passed',
  unresolved: 'failed',
  'no-verdict': 'none',
};

/** Columns that say which trial a row belongs to; other tables repeat them. */
export const keyColumns: readonly Column<{
  readonly record: TrialRecord;
  readonly contender: ContenderLabel | undefined;
}>[] = [
  { name: 'run_id', type: 'string', description: 'the run', value: ({ record }) => record.runId },
  {
    name: 'trial_id',
    type: 'string',
    description: 'hash of suite, task digest, contender and index',
    value: ({ record }) => record.trialId,
  },
  {
    name: 'attempt_id',
    type: 'string',
    description: 'one attempt of the trial',
    value: ({ record }) => record.attemptId,
  },
  { name: 'suite', type: 'string', description: 'the suite of the task', value: ({ record }) => record.suite },
  { name: 'task', type: 'string', description: 'the task', value: ({ record }) => record.task },
  {
    name: 'contender',
    type: 'string',
    description: 'agent × endpoint × settings',
    value: ({ record }) => record.contender,
  },
  {
    name: 'simulated',
    type: 'boolean',
    description: 'true where an endpoint of the contender is simulated',
    value: ({ contender }) => contender?.simulated,
  },
  { name: 'trial_index', type: 'integer', description: '0 … k−1', value: ({ record }) => record.index },
  {
    name: 'attempt',
    type: 'integer',
    description: '0 for the first; later ones repeat the trial after an infra error',
    value: ({ record }) => record.attempt,
  },
];

const labelColumns: readonly Column<TrialRow>[] = [
  {
    name: 'is_counted',
    type: 'boolean',
    description: 'true for the one attempt of a trial that rates and times are computed from',
    value: ({ isCounted }) => isCounted,
  },
  {
    name: 'task_digest',
    type: 'string',
    description: 'sha256 over everything that defines the task',
    value: ({ record }) => record.taskDigest,
  },
  {
    name: 'difficulty',
    type: 'string',
    description: 'as the task states it',
    value: ({ record }) => record.difficulty,
  },
  { name: 'category', type: 'string', description: 'as the task states it', value: ({ record }) => record.category },
  {
    name: 'tags',
    type: 'string',
    description: 'separated by semicolons',
    value: ({ record }) => record.tags.join(';'),
  },
  { name: 'language', type: 'string', description: 'as the task states it', value: ({ record }) => record.language },
  { name: 'agent', type: 'string', description: 'name of the agent', value: ({ record }) => record.agent.name },
  {
    name: 'agent_version',
    type: 'string',
    description: 'version of the agent',
    value: ({ record }) => record.agent.version,
  },
  {
    name: 'endpoints',
    type: 'string',
    description: 'endpoint ids, separated by semicolons',
    value: ({ record }) => record.endpoints.join(';'),
  },
  {
    name: 'tier',
    type: 'string',
    description: 'hardware behind the endpoints',
    value: ({ contender }) => contender?.tier,
  },
  {
    name: 'started_at_utc',
    type: 'datetime',
    description: 'start of the attempt, ISO 8601',
    value: ({ record }) => record.startedAt,
  },
];

const outcomeColumns: readonly Column<TrialRow>[] = [
  {
    name: 'verdict',
    type: 'string',
    description: 'what the verifier proved; none is not failed',
    values: ['passed', 'failed', 'none'],
    value: ({ facts }) => verdictWords[facts.outcome],
  },
  {
    name: 'no_verdict_reason',
    type: 'string',
    description: 'why there is none',
    values: ['infra-error', 'invalid', 'tampered', 'cancelled', 'missing'],
    value: ({ facts }) => facts.noVerdictReason,
  },
  {
    name: 'score',
    type: 'integer',
    description: '1 passed, 0 failed, empty without a verdict',
    value: ({ facts }) => (facts.outcome === 'no-verdict' ? undefined : facts.outcome === 'resolved' ? 1 : 0),
  },
  { name: 'stop_reason', type: 'string', description: 'why the agent ended', value: ({ record }) => record.stop },
  {
    name: 'infra_phase',
    type: 'string',
    description: 'where our side, the engine or the endpoint broke',
    value: ({ record }) => record.infraError?.phase,
  },
  { name: 'infra_code', type: 'string', description: 'what broke', value: ({ record }) => record.infraError?.code },
  {
    name: 'reason',
    type: 'string',
    description: "the verifier's or the infra error's words",
    value: ({ facts }) => facts.reason,
  },
  {
    name: 'degraded',
    type: 'string',
    description: 'why the clock of this attempt should not be trusted; empty where it may',
    value: ({ record }) => record.degraded.join(';') || undefined,
  },
];

/** One row an attempt, superseded ones included. */
export const trialTable: Table<TrialRow> = {
  name: 'trials',
  title: 'One row an attempt of a trial, every attempt included',
  key: ['attempt_id'],
  columns: [
    ...keyColumns,
    ...labelColumns,
    ...outcomeColumns,
    ...trialMetrics.map((metric) => metricColumn(metric, (row: TrialRow) => row.facts)),
  ],
};
