import type { DetailStep } from '../../detail/trial-detail.ts';
import type { Column, Table } from '../column.ts';
import { type KeyedRow, keyColumns } from '../key-columns.ts';

/** One action of an agent in the sandbox. */
export type ToolCallRow = KeyedRow & {
  readonly step: DetailStep;
  readonly stepIndex: number;
  readonly callIndex: number;
};

const callOf = ({ step, callIndex }: ToolCallRow) => step.calls[callIndex];
const resultOf = ({ step, callIndex }: ToolCallRow) => step.results[callIndex];

/** Its columns after the key columns. */
export const toolCallColumns: readonly Column<ToolCallRow>[] = [
  {
    name: 'step_index',
    type: 'integer',
    description: "0 for the agent's first step",
    value: ({ stepIndex }) => stepIndex,
  },
  {
    name: 'call_index',
    type: 'integer',
    description: '0 for the first call of the step',
    value: ({ callIndex }) => callIndex,
  },
  { name: 'tool', type: 'string', description: 'the name that the model called', value: (row) => callOf(row)?.name },
  {
    name: 'arguments_characters',
    type: 'integer',
    unit: 'count',
    description: 'length of the arguments as the model wrote them',
    value: (row) => callOf(row)?.argumentsText.length,
  },
  {
    name: 'observation_characters',
    type: 'integer',
    unit: 'count',
    description: 'length of what the model was shown',
    value: (row) => resultOf(row)?.text.length,
  },
  {
    name: 'exit_code',
    type: 'integer',
    description: "the command's exit code",
    value: (row) => resultOf(row)?.exitCode,
  },
  {
    name: 'duration_s',
    type: 'number',
    unit: 's',
    description: 'how long the action took',
    value: (row) => {
      const ms = resultOf(row)?.durationMs;
      return ms === undefined ? undefined : ms / 1000;
    },
  },
];

/** One row a tool call. What was called with and what came back stay in the trajectory: here are their sizes. */
export const toolCallTable: Table<ToolCallRow> = {
  name: 'tool_calls',
  title: 'One row a tool call, of every attempt whose trajectory.json is there',
  key: ['attempt_id', 'step_index', 'call_index'],
  columns: [...keyColumns, ...toolCallColumns],
};
