import type { ContenderSummary } from '../../../analysis/contender/contender-summary.ts';
import { contenderMetrics } from '../../../measure/catalogue/contender-metrics.ts';
import type { ContenderLabel } from '../../model.ts';
import type { Column, Table } from '../column.ts';

/** A contender with its aggregates. */
export type ContenderRow = {
  readonly runId: string;
  readonly label: ContenderLabel;
  readonly summary: ContenderSummary;
};

const seconds = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : ms / 1000);

const intervalColumns: readonly Column<ContenderRow>[] = [
  {
    name: 'pass_rate_low',
    type: 'number',
    unit: 'ratio',
    description: 'lower end of the 95% interval (Wilson on effective n, t quantile, clustered by task)',
    value: ({ summary }) => summary.passRate?.low,
  },
  {
    name: 'pass_rate_high',
    type: 'number',
    unit: 'ratio',
    description: 'upper end of the 95% interval',
    value: ({ summary }) => summary.passRate?.high,
  },
  ...(['median', 'mean'] as const).flatMap((statistic) =>
    (['low', 'high'] as const).map(
      (end): Column<ContenderRow> => ({
        name: `agent_time_${statistic}_${end}_s`,
        type: 'number',
        unit: 's',
        description: `${end === 'low' ? 'lower' : 'upper'} end of the 95% interval (two-stage bootstrap by task)`,
        value: ({ summary }) => seconds(summary.spent[statistic]?.interval?.[end]),
      }),
    ),
  ),
  ...(['cost_per_trial', 'cost_per_solved'] as const).flatMap((name) =>
    (['low', 'high'] as const).map(
      (end): Column<ContenderRow> => ({
        name: `${name}_${end}_usd`,
        type: 'number',
        unit: 'USD',
        description: `${end === 'low' ? 'lower' : 'upper'} end of the 95% interval (two-stage bootstrap by task)`,
        value: ({ summary }) =>
          summary.spent[name === 'cost_per_trial' ? 'cost-per-trial' : 'cost-per-solved']?.interval?.[end],
      }),
    ),
  ),
];

/** One row a contender. */
export const contenderTable: Table<ContenderRow> = {
  name: 'contenders',
  title: 'One row a contender, from the counted attempts',
  key: ['run_id', 'contender'],
  columns: [
    { name: 'run_id', type: 'string', description: 'the run', value: ({ runId }) => runId },
    { name: 'contender', type: 'string', description: 'agent × endpoint × settings', value: ({ label }) => label.name },
    {
      name: 'simulated',
      type: 'boolean',
      description: 'true where an endpoint of the contender is simulated',
      value: ({ label }) => label.simulated,
    },
    {
      name: 'replayed',
      type: 'boolean',
      description: 'true where an endpoint of the contender is a recording, played back',
      value: ({ label }) => label.replayed,
    },
    {
      name: 'tokens_estimated',
      type: 'boolean',
      description: 'true where output tokens of the contender were counted by us, since a server stated none',
      value: ({ label }) => label.tokensEstimated,
    },
    { name: 'tier', type: 'string', description: 'hardware behind the endpoints', value: ({ label }) => label.tier },
    { name: 'agent', type: 'string', description: 'name of the agent', value: ({ label }) => label.agent },
    {
      name: 'endpoints',
      type: 'string',
      description: 'endpoint ids, separated by semicolons',
      value: ({ label }) => label.endpoints.map(({ id }) => id).join(';'),
    },
    {
      name: 'tasks',
      type: 'integer',
      description: 'tasks with at least one trial',
      value: ({ summary }) => summary.nTasks,
    },
    {
      name: 'trials',
      type: 'integer',
      description: 'trials, one counted attempt each',
      value: ({ summary }) => summary.nTrials,
    },
    { name: 'passed', type: 'integer', description: 'trials resolved', value: ({ summary }) => summary.resolved },
    { name: 'failed', type: 'integer', description: 'trials unresolved', value: ({ summary }) => summary.unresolved },
    {
      name: 'without_verdict',
      type: 'integer',
      description: 'trials that nobody could judge',
      value: ({ summary }) => summary.withoutVerdict,
    },
    ...intervalColumns,
    ...contenderMetrics.map(
      ({ id, label, unit, formula }): Column<ContenderRow> => ({
        name: id,
        type: 'number',
        unit,
        description: `${label}: ${formula}`,
        value: ({ summary }) => summary.metrics[id],
      }),
    ),
  ],
};
