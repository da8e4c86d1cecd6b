import { pricesText } from '../../domain/model/prices.ts';
import type { Manifest } from '../../domain/run.ts';
import type { TrialRecord } from '../../domain/trial.ts';
import { taskKey } from '../trials.ts';

/** What must be alike for two results of a task to be comparable; `name` is for people. */
export type TaskIdentity = { readonly name: string; readonly digest: string; readonly sandbox: string };

/** What must be alike for two runs to be comparable, and what is told where it is not. */
export type RunIdentity = {
  /** Budgets and limits that hold for the whole run. */
  readonly budgets: Readonly<Record<string, string>>;
  /** Name and version of the agent, by contender. */
  readonly agents: ReadonlyMap<string, string>;
  /** Digest, sandbox limits and network, by task. */
  readonly tasks: ReadonlyMap<string, TaskIdentity>;
  /** Worth telling, not worth refusing: versions, prices, host, engine. */
  readonly surroundings: Readonly<Record<string, string>>;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const budgetsOf = ({ config }: Manifest): Readonly<Record<string, string>> => {
  const budgets = isObject(config) && isObject(config.budgets) ? config.budgets : {};
  const keys = ['steps', 'output_tokens', 'time', 'command'] as const;
  return Object.fromEntries(keys.map((key) => [`budgets.${key}`, String(budgets[key] ?? 'not set')]));
};

const pricesOf = ({ endpoints }: Manifest): Readonly<Record<string, string>> =>
  Object.fromEntries(
    endpoints.map(({ id, prices }) => [`prices of ${id}`, prices === undefined ? 'unknown' : pricesText(prices)]),
  );

const sandboxOf = ({ environment: { limits, network } }: TrialRecord): string =>
  [
    `${limits.cpus ?? 'unlimited'} CPUs`,
    limits.memoryBytes === undefined ? 'unlimited memory' : `${limits.memoryBytes / 2 ** 20} MiB`,
    `${limits.pids ?? 'unlimited'} processes`,
    `network ${network}`,
  ].join(', ');

/** Notes a run's identity from its manifest and, record by record, its log. */
export const identify = (
  manifest: Manifest,
): { readonly note: (record: TrialRecord) => void; readonly identity: () => RunIdentity } => {
  const agents = new Map<string, string>();
  const tasks = new Map<string, TaskIdentity>();
  return {
    note: (record) => {
      agents.set(record.contender, `${record.agent.name} ${record.agent.version}`);
      const name = `${record.suite}/${record.task}`;
      tasks.set(taskKey(record), { name, digest: record.taskDigest, sandbox: sandboxOf(record) });
    },
    identity: () => ({
      budgets: budgetsOf(manifest),
      agents,
      tasks,
      surroundings: {
        'Tacho version': manifest.tacho.version,
        'Docker Engine': manifest.engine?.version ?? 'unknown',
        ...pricesOf(manifest),
        host: `${manifest.host.platform} ${manifest.host.architecture}, ${manifest.host.cpus} CPUs`,
      },
    }),
  };
};

/** The same, of some tasks only. */
export const narrowIdentity = (identity: RunIdentity, tasks: ReadonlySet<string>): RunIdentity => ({
  ...identity,
  tasks: new Map([...identity.tasks].filter(([key]) => tasks.has(key))),
});
