import type { Turn } from '../../../domain/model/turn.ts';
import { turnMetrics } from '../../../measure/catalogue/turn-metrics.ts';
import { usageCostUsd } from '../../../measure/cost.ts';
import { usageSource } from '../../../measure/counted-output.ts';
import type { Column, Table } from '../column.ts';
import { type KeyedRow, keyColumns } from '../key-columns.ts';
import { metricColumn } from '../metric-column.ts';

/** One model call of an attempt. */
export type TurnRow = KeyedRow & { readonly turn: Turn; readonly turnIndex: number };

/** Its columns after the key columns. */
export const turnColumns: readonly Column<TurnRow>[] = [
  {
    name: 'turn_index',
    type: 'integer',
    description: '0 for the first call of the attempt',
    value: ({ turnIndex }) => turnIndex,
  },
  { name: 'endpoint', type: 'string', description: 'the endpoint that answered', value: ({ turn }) => turn.endpoint },
  {
    name: 'served_model',
    type: 'string',
    description: 'the model that the provider says answered',
    value: ({ turn }) => turn.served?.model,
  },
  {
    name: 'service_tier',
    type: 'string',
    description: 'the service tier that the provider says it used',
    value: ({ turn }) => turn.served?.serviceTier,
  },
  {
    name: 'finish_reason',
    type: 'string',
    description: 'why the model stopped',
    value: ({ turn }) => turn.finish?.unified,
  },
  {
    name: 'fault',
    type: 'string',
    description: 'what the call failed of, where it failed for good; what came before that is in the other columns',
    value: ({ turn }) => turn.failure?.fault,
  },
  {
    name: 'connection_reused',
    type: 'boolean',
    description: 'whether the connection was open before',
    value: ({ turn }) => turn.connection?.reused,
  },
  {
    name: 'usage_source',
    type: 'string',
    description:
      'who counted the output tokens: server, or tokenizer:VOCABULARY for an estimate of ours; empty where nobody did',
    value: ({ turn }) => usageSource(turn),
  },
  ...turnMetrics.map((metric) => metricColumn(metric, (row: TurnRow) => row.turn)),
  {
    name: 'cost_usd',
    type: 'number',
    unit: 'USD',
    description: "Cost: tokens × the endpoint's prices on the day of the run; empty without prices or tokens",
    value: ({ turn, contender }) => {
      const prices = contender?.endpoints.find(({ id }) => id === turn.endpoint)?.prices;
      return prices && usageCostUsd(turn.usage, prices);
    },
  },
];

/** One row a model call. */
export const turnTable: Table<TurnRow> = {
  name: 'turns',
  title: 'One row a model call, of every attempt',
  key: ['attempt_id', 'turn_index'],
  columns: [...keyColumns, ...turnColumns],
};
