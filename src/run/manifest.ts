import { cpus, totalmem } from 'node:os';
import type { ContenderDescription, EndpointDescription, Manifest, Scheduling } from '../domain/run.ts';
import type { Suite } from '../domain/task.ts';
import type { Clock } from '../domain/time.ts';
import type { EngineInfo } from '../sandbox/sandbox.ts';
import type { Config } from './config/schema.ts';
import { planTrials } from './plan.ts';

/** `demo-20261121-143059-3fa2`: sorts by time, does not collide. */
export const runIdOf = (name: string, clock: Clock): string => {
  const stamp = clock.wall().toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return `${name}-${stamp}-${Math.floor(clock.now() % 65_536)
    .toString(16)
    .padStart(4, '0')}`;
};

export type ManifestParts = {
  readonly config: Config;
  readonly version: string;
  readonly scheduling: Scheduling;
  readonly suites: readonly (Suite & { readonly source: string })[];
  readonly endpoints: readonly EndpointDescription[];
  readonly contenders: readonly ContenderDescription[];
  readonly engine?: EngineInfo | undefined;
  readonly clock: Clock;
};

/** Everything about a run that is not a result, the plan included. */
export const manifestOf = ({
  config,
  version,
  scheduling,
  suites,
  endpoints,
  contenders,
  engine,
  clock,
}: ManifestParts): Manifest => ({
  schema: 1,
  runId: runIdOf(config.name, clock),
  name: config.name,
  createdAt: clock.wall().toISOString(),
  tacho: { version },
  host: {
    platform: process.platform,
    architecture: process.arch,
    cpus: cpus().length,
    memoryBytes: totalmem(),
    node: process.version,
    scheduling,
  },
  engine,
  seed: config.seed,
  attempts: config.attempts,
  concurrency: config.concurrency,
  endpoints,
  contenders,
  suites: suites.map((suite) => ({
    name: suite.name,
    version: suite.version,
    format: suite.format,
    source: suite.source,
    tasks: suite.tasks.length,
  })),
  config,
  plan: planTrials(suites, {
    contenders: contenders.map(({ name }) => name),
    attempts: config.attempts,
    seed: config.seed,
  }),
});
