import type { ReportModel } from '../../model.ts';
import type { Table } from '../column.ts';

/** The run as one row. */
export const runTable: Table<ReportModel> = {
  name: 'runs',
  title: 'One row: the run',
  key: ['run_id'],
  columns: [
    { name: 'run_id', type: 'string', description: 'the run', value: ({ run }) => run.runId },
    { name: 'name', type: 'string', description: "the run's name in its configuration", value: ({ run }) => run.name },
    {
      name: 'created_at_utc',
      type: 'datetime',
      description: 'when the run was planned, ISO 8601',
      value: ({ run }) => run.createdAt,
    },
    {
      name: 'tacho_version',
      type: 'string',
      description: 'version of Tacho that ran it',
      value: ({ run }) => run.tacho.version,
    },
    {
      name: 'platform',
      type: 'string',
      description: 'operating system of the harness',
      value: ({ run }) => run.host.platform,
    },
    {
      name: 'architecture',
      type: 'string',
      description: 'processor architecture of the harness',
      value: ({ run }) => run.host.architecture,
    },
    {
      name: 'cpus',
      type: 'integer',
      unit: 'count',
      description: 'processors of the harness',
      value: ({ run }) => run.host.cpus,
    },
    {
      name: 'memory_bytes',
      type: 'integer',
      unit: 'count',
      description: 'memory of the harness',
      value: ({ run }) => run.host.memoryBytes,
    },
    { name: 'node_version', type: 'string', description: 'Node of the harness', value: ({ run }) => run.host.node },
    {
      name: 'scheduling',
      type: 'string',
      description: 'real-time: the kernel ran the harness before all ordinary processes; ordinary; empty: not known',
      value: ({ run }) => run.host.scheduling,
    },
    {
      name: 'engine_version',
      type: 'string',
      description: 'version of the container engine',
      value: ({ run }) => run.engine?.version,
    },
    {
      name: 'seed',
      type: 'integer',
      description: 'seed of the plan and of the bootstraps',
      value: ({ run }) => run.seed,
    },
    {
      name: 'attempts',
      type: 'integer',
      unit: 'count',
      description: 'trials of each task by each contender',
      value: ({ run }) => run.attempts,
    },
    {
      name: 'concurrency',
      type: 'integer',
      unit: 'count',
      description: 'trials at a time',
      value: ({ run }) => run.concurrency,
    },
    {
      name: 'trials_planned',
      type: 'integer',
      unit: 'count',
      description: 'trials in the plan',
      value: ({ quality }) => quality.planned,
    },
    {
      name: 'trials_pending',
      type: 'integer',
      unit: 'count',
      description: 'planned trials without a record',
      value: ({ quality }) => quality.pending,
    },
    {
      name: 'attempts_recorded',
      type: 'integer',
      unit: 'count',
      description: 'records in the log, superseded ones included',
      value: ({ quality }) => quality.attempts,
    },
    {
      name: 'suites',
      type: 'string',
      description: 'name@version, separated by semicolons',
      value: ({ run }) => run.suites.map(({ name, version }) => `${name}@${version}`).join(';'),
    },
    {
      name: 'simulated',
      type: 'boolean',
      description: 'true where an endpoint of any contender is simulated',
      value: ({ contenders }) => contenders.some(({ simulated }) => simulated),
    },
    {
      name: 'replayed',
      type: 'boolean',
      description: 'true where an endpoint of any contender is a recording, played back',
      value: ({ contenders }) => contenders.some(({ replayed }) => replayed),
    },
  ],
};
