import type { Metric } from '../../measure/catalogue/metric.ts';
import { catalogue } from '../../measure/catalogue.ts';
import type { TrialFacts } from '../../measure/trial-facts.ts';
import type { TokensInTime } from '../../measure/turn-timing.ts';
import type { Measurable, MeasuredTrial, Quotient, Sample, Share } from './measurable.ts';

/** What some metrics need beside the log. */
export type Parameters = {
  readonly withinMs?: number | undefined;
};

const nameOf = ({ id, unit }: Pick<Metric<never>, 'id' | 'unit'>): string =>
  unit === 's' ? id.replace(/_s$/, '') : unit === 'USD' ? id.replace(/_usd$/, '') : id;

const catalogued = (id: string): Omit<Measurable, 'kind'> => {
  const metric = catalogue.contender.find((candidate) => candidate.id === id);
  if (metric === undefined) throw new RangeError(`the catalogue has no metric ${id}`);
  const { label, unit, better, formula, needs } = metric;
  return { name: nameOf(metric), label, unit, better, formula, needs };
};

const shares = ({ withinMs }: Parameters): readonly Share[] => [
  { ...catalogued('pass_rate'), kind: 'share', population: 'judged', holds: ({ outcome }) => outcome === 'resolved' },
  {
    ...catalogued('infra_error_rate'),
    kind: 'share',
    population: 'all',
    holds: ({ noVerdictReason }) => noVerdictReason === 'infra-error',
  },
  {
    ...catalogued('time_limit_rate'),
    kind: 'share',
    population: 'all',
    holds: ({ stop }) => stop === 'time-limit',
  },
  {
    name: 'solved_within',
    label: 'Share solved within',
    unit: 'ratio',
    better: 'higher',
    formula: 'trials resolved within the stated agent time ÷ trials with a verdict',
    needs: ['verdict', 'agentMs'],
    kind: 'share',
    population: 'judged',
    holds: ({ outcome, agentMs }) =>
      outcome === 'resolved' && agentMs !== undefined && agentMs <= (withinMs ?? Number.POSITIVE_INFINITY),
  },
];

const known = (value: number | undefined): readonly number[] => (value === undefined ? [] : [value]);

/** Rates are quotients of sums, never averaged; the sums are in the facts of a trial. */
const tokenRates: Readonly<Record<string, (trial: TrialFacts) => TokensInTime>> = {
  decode_tokens_per_s: ({ decode }) => decode,
  end_to_end_tokens_per_s: ({ endToEnd }) => endToEnd,
};

const ofTrials = (): readonly (Sample | Quotient)[] =>
  catalogue.trial.map((metric) => {
    const { label, unit, better, formula, needs, compute } = metric;
    const described = { name: nameOf(metric), label, unit, better, formula, needs };
    const rate = tokenRates[metric.id];
    if (rate === undefined)
      return {
        ...described,
        kind: 'sample',
        of: 'trial',
        values: (trial) => known(compute(trial)),
        // The cost of some trials only would flatter.
        needed: unit === 'USD',
      };
    const parts = (trial: MeasuredTrial) => {
      const { tokens, ms } = rate(trial);
      return ms > 0 ? { numerator: tokens, denominator: ms / 1000 } : undefined;
    };
    return { ...described, kind: 'quotient', pairable: true, needed: false, parts };
  });

/** Turn metrics; those whose name a trial metric has too begin with `turn_`. Rates of single turns are left to the quotients. */
const ofTurns = (): readonly Sample[] => {
  const taken = new Set(catalogue.trial.map(nameOf));
  return catalogue.turn
    .filter(({ id }) => tokenRates[id] === undefined)
    .map((metric) => {
      const { label, unit, better, formula, needs } = metric;
      const name = taken.has(nameOf(metric)) ? `turn_${nameOf(metric)}` : nameOf(metric);
      const values = ({ turnValues }: MeasuredTrial) => turnValues[name] ?? [];
      return { name, label, unit, better, formula, needs, kind: 'sample', of: 'turn', values };
    });
};

const perSolved: readonly Quotient[] = [
  {
    ...catalogued('time_per_solved_s'),
    kind: 'quotient',
    pairable: false,
    needed: false,
    parts: ({ agentMs, outcome }) =>
      agentMs === undefined ? undefined : { numerator: agentMs / 1000, denominator: outcome === 'resolved' ? 1 : 0 },
  },
  {
    ...catalogued('cost_per_solved_usd'),
    kind: 'quotient',
    pairable: false,
    needed: true,
    parts: ({ costUsd, outcome }) =>
      costUsd === undefined ? undefined : { numerator: costUsd, denominator: outcome === 'resolved' ? 1 : 0 },
  },
];

const ofProbe = (name: string, label: string, formula: string): Measurable => ({
  kind: 'probe',
  name,
  label,
  unit: 's',
  better: 'lower',
  formula,
  needs: [],
});

const others: readonly Measurable[] = [
  {
    kind: 'frontier',
    name: 'frontier_probability',
    label: 'Probability of being on the frontier',
    unit: 'ratio',
    better: 'higher',
    formula:
      'share of joint task bootstrap replicates in which no other contender is as fast (or as cheap) and as often right, and better in one',
    needs: ['verdict', 'agentMs'],
  },
  ofProbe('probe_round_trip', 'Round trip', 'dispatch → first sign of the answer, of the smallest request'),
  ofProbe('probe_ttft', 'TTFT', 'dispatch → first non-empty fragment, over all prompt sizes of the probe'),
  ofProbe('probe_time_per_token', 'Time per token', '(last content − first content) ÷ tokens after the first chunk'),
  ofProbe('probe_per_token_overhead', 'Overhead per token', 'time per token less the engine’s own'),
];

/** Every metric that a gate can name: the catalogue's, by the arithmetic that fits, and those that need a parameter. */
export const measurables = (parameters: Parameters = {}): readonly Measurable[] => [
  ...shares(parameters),
  ...perSolved,
  ...ofTrials(),
  ...ofTurns(),
  ...others,
];

/** The turn metrics of the catalogue by the name that a gate gives them. */
export const turnMetricNamed = (name: string): (typeof catalogue.turn)[number] | undefined =>
  ofTurns().some((sample) => sample.name === name)
    ? catalogue.turn.find((metric) => nameOf(metric) === name.replace(/^turn_/, ''))
    : undefined;
