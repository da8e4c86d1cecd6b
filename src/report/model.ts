import type { AttemptKey, AttemptProblem, Collected } from '../analysis/collect.ts';
import type { Selection } from '../analysis/selection.ts';
import { type Summary, summarise } from '../analysis/summary.ts';
import { type EndpointDescription, type HardwareTier, labelOf, type Manifest } from '../domain/run.ts';

/** A contender as reports name it: with what it is made of, and said to be simulated where it is. */
export type ContenderLabel = {
  readonly name: string;
  /** The name, followed by "(simulated)" or "(replayed)" where any of its endpoints is, "(tokens estimated)" where we counted. */
  readonly label: string;
  readonly simulated: boolean;
  readonly replayed: boolean;
  /** True where output tokens of a counted trial were counted by us. */
  readonly tokensEstimated: boolean;
  readonly tier: HardwareTier | 'mixed';
  readonly agent: string;
  readonly endpoints: readonly EndpointDescription[];
  readonly settings: Readonly<Record<string, string | number>>;
};

/** What happened on our side of the run. */
export type Quality = {
  readonly planned: number;
  readonly pending: number;
  /** Records in the log. */
  readonly attempts: number;
  readonly infraErrors: readonly AttemptProblem[];
  readonly firstStartedAt?: string | undefined;
  readonly lastStartedAt?: string | undefined;
};

/** The parts of the manifest that a reader needs to run it again. */
export type RunFacts = Omit<Manifest, 'plan' | 'contenders' | 'endpoints'>;

/** Everything that the renderers need, as plain JSON. */
export type ReportModel = {
  readonly schema: 1;
  readonly run: RunFacts;
  readonly contenders: readonly ContenderLabel[];
  readonly selection: Selection;
  /** Every attempt in the log, sorted as the tables are. */
  readonly attempts: readonly AttemptKey[];
  readonly summary: Summary;
  readonly quality: Quality;
};

const tierOf = (endpoints: readonly EndpointDescription[]): ContenderLabel['tier'] => {
  const tiers = new Set(endpoints.map(({ tier }) => tier));
  return tiers.size === 1 ? (endpoints[0]?.tier ?? 'unknown') : tiers.size === 0 ? 'unknown' : 'mixed';
};

const labelsOf = (manifest: Manifest, collected: Collected): readonly ContenderLabel[] => {
  const estimated = new Set(collected.trials.flatMap((trial) => (trial.tokensEstimated ? [trial.contender] : [])));
  const described = manifest.contenders.map((contender): ContenderLabel => {
    const { name, agent, endpoints, settings, simulated, replayed = false } = contender;
    const used = manifest.endpoints.filter(({ id }) => endpoints.includes(id));
    return {
      name,
      label: labelOf(name, { ...contender, tokensEstimated: estimated.has(name) }),
      simulated,
      replayed,
      tokensEstimated: estimated.has(name),
      tier: tierOf(used),
      agent,
      endpoints: used,
      settings,
    };
  });
  const known = new Set(described.map(({ name }) => name));
  const strangers = new Set(collected.trials.map(({ contender }) => contender).filter((name) => !known.has(name)));
  return [
    ...described,
    ...[...strangers].map(
      (name): ContenderLabel => ({
        name,
        label: name,
        simulated: false,
        replayed: false,
        tokensEstimated: false,
        tier: 'unknown',
        agent: 'unknown',
        endpoints: [],
        settings: {},
      }),
    ),
  ];
};

/** The report of a run, from its manifest and what its log comes to. */
export const reportModel = (manifest: Manifest, collected: Collected): ReportModel => {
  const { plan, contenders: _contenders, endpoints: _endpoints, ...run } = manifest;
  const contenders = labelsOf(manifest, collected);
  const selection: Selection = {
    contenders: contenders.map(({ name }) => name),
    tasks: collected.tasks,
    trials: collected.trials,
  };
  return {
    schema: 1,
    run,
    contenders,
    selection,
    attempts: collected.attempts,
    summary: summarise(selection, { seed: manifest.seed }),
    quality: {
      planned: plan.length,
      pending: collected.pending,
      attempts: collected.attempts.length,
      infraErrors: collected.infraErrors,
      firstStartedAt: collected.firstStartedAt,
      lastStartedAt: collected.lastStartedAt,
    },
  };
};
