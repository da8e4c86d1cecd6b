import { type EndpointDescription, labelOf, type Manifest } from '../../domain/run.ts';
import type { TrialRecord } from '../../domain/trial.ts';
import type { TaskFacts } from '../../measure/trial-facts.ts';
import { collect } from '../collect.ts';
import type { MeasuredTrial } from '../evidence/measurable.ts';
import { turnMetricNamed } from '../evidence/measurables.ts';
import { identify, type RunIdentity } from './identity.ts';

/** A run as gates and comparisons see it. */
export type MeasuredRun = {
  readonly runId: string;
  readonly name: string;
  readonly seed: number;
  readonly contenders: readonly {
    readonly name: string;
    readonly label: string;
    /** What it may call, with the prices that its costs are computed from. */
    readonly endpoints: readonly Pick<EndpointDescription, 'id' | 'prices'>[];
  }[];
  readonly tasks: readonly TaskFacts[];
  /** The counted attempt of each trial. */
  readonly trials: readonly MeasuredTrial[];
  /** Planned trials that have no record. */
  readonly pending: readonly { readonly contender: string; readonly suite: string; readonly task: string }[];
  readonly identity: RunIdentity;
};

/** A contender's name with what must be said beside it: simulated, replayed. */
export const labelIn = ({ contenders }: MeasuredRun, name: string): string =>
  contenders.find((contender) => contender.name === name)?.label ?? name;

type Records = () => AsyncIterable<TrialRecord>;

/** The values of the wanted turn metrics of each counted attempt, by attempt id. */
const turnValuesOf = async (
  records: Records,
  { counted, names }: { readonly counted: ReadonlySet<string>; readonly names: readonly string[] },
): Promise<ReadonlyMap<string, MeasuredTrial['turnValues']>> => {
  const wanted = names.flatMap((name) => {
    const metric = turnMetricNamed(name);
    return metric === undefined ? [] : [{ name, metric }];
  });
  const values = new Map<string, MeasuredTrial['turnValues']>();
  if (wanted.length === 0) return values;
  for await (const { attemptId, turns } of records()) {
    if (!counted.has(attemptId)) continue;
    const entries = wanted.map(({ name, metric }) => [name, turns.flatMap((turn) => metric.compute(turn) ?? [])]);
    values.set(attemptId, Object.fromEntries(entries));
  }
  return values;
};

/** Reads a run's log as often as is needed; of the turns only the metrics named are kept. */
export const measureRun = async (
  manifest: Manifest,
  records: Records,
  turnMetrics: readonly string[] = [],
): Promise<MeasuredRun> => {
  const noted = identify(manifest);
  async function* passing(): AsyncGenerator<TrialRecord> {
    for await (const record of records()) {
      noted.note(record);
      yield record;
    }
  }
  const { tasks, trials } = await collect(manifest, passing());
  const counted = new Set(trials.map(({ attemptId }) => attemptId));
  const turnValues = await turnValuesOf(records, { counted, names: turnMetrics });
  const estimated = new Set(trials.flatMap((trial) => (trial.tokensEstimated ? [trial.contender] : [])));
  const recorded = new Set(trials.map(({ trialId }) => trialId));
  return {
    runId: manifest.runId,
    name: manifest.name,
    seed: manifest.seed,
    contenders: manifest.contenders.map((contender) => ({
      name: contender.name,
      label: labelOf(contender.name, { ...contender, tokensEstimated: estimated.has(contender.name) }),
      endpoints: manifest.endpoints.filter(({ id }) => contender.endpoints.includes(id)),
    })),
    tasks,
    trials: trials.map((trial) => ({ ...trial, turnValues: turnValues.get(trial.attemptId) ?? {} })),
    pending: manifest.plan.filter(({ trialId }) => !recorded.has(trialId)),
    identity: noted.identity(),
  };
};
