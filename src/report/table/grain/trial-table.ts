import { priceListOf } from '../../../domain/run.ts';
import type { TrialRecord } from '../../../domain/trial.ts';
import { trialMetrics } from '../../../measure/catalogue/trial-metrics.ts';
import { type TrialFacts, trialFacts } from '../../../measure/trial-facts.ts';
import type { Column, Table } from '../column.ts';
import { type KeyedRow, keyColumns } from '../key-columns.ts';
import { metricColumn } from '../metric-column.ts';

/** One attempt, with what is known about its trial and contender. */
export type TrialRow = KeyedRow & { readonly record: TrialRecord; readonly facts: TrialFacts };

/** The row of an attempt. */
export const trialRow = (record: TrialRecord, attempt: KeyedRow): TrialRow => ({
  ...attempt,
  record,
  facts: trialFacts(record, priceListOf(attempt.contender?.endpoints ?? [])),
});

const verdictWords: Readonly<Record<TrialFacts['outcome'], string>> = {
  resolved: 'passed',
  unresolved: 'failed',
  'no-verdict': 'none',
};

const labelColumns: readonly Column<TrialRow>[] = [
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

/** Its columns after the key columns. */
export const trialColumns: readonly Column<TrialRow>[] = [
  ...labelColumns,
  ...outcomeColumns,
  ...trialMetrics.map((metric) => metricColumn(metric, (row: TrialRow) => row.facts)),
];

/** One row an attempt, superseded ones included. */
export const trialTable: Table<TrialRow> = {
  name: 'trials',
  title: 'One row an attempt of a trial, every attempt included',
  key: ['attempt_id'],
  columns: [...keyColumns, ...trialColumns],
};
