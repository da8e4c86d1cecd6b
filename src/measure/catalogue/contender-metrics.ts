import { mean, sum } from '../sample/moments.ts';
import { quantile } from '../sample/quantile.ts';
import type { TrialFacts } from '../trial-facts.ts';
import { tokensPerSecond } from '../turn-timing.ts';
import { type Metric, seconds } from './metric.ts';
import { steeringMetrics } from './steering-metrics.ts';

type Trials = readonly TrialFacts[];
/** What a metric speaks about, in the order of the tables. */
export const metricGroups = ['right', 'fast', 'cost', 'model', 'steered', 'effort', 'unjudged'] as const;

/** A metric of a contender, and the group of rows it stands in. */
export type ContenderMetric = Metric<Trials> & { readonly group: (typeof metricGroups)[number] };

const judged = (trials: Trials): Trials => trials.filter(({ outcome }) => outcome !== 'no-verdict');
const resolved = (trials: Trials): Trials => trials.filter(({ outcome }) => outcome === 'resolved');

/** Agent times of the judged trials, in milliseconds: the same trials that the pass rate is about. */
const agentTimes = (trials: Trials): readonly number[] =>
  judged(trials).flatMap(({ agentMs }) => (agentMs === undefined ? [] : [agentMs]));

const ratio = (part: number, whole: number): number | undefined => (whole === 0 ? undefined : part / whole);

/** Mean over the judged trials that have a value; undefined where none has. */
const meanOf = (trials: Trials, value: (trial: TrialFacts) => number | undefined): number | undefined =>
  mean(judged(trials).flatMap((trial) => value(trial) ?? []));

/** What these trials cost in US dollars; undefined as soon as one of them does not tell. */
const totalCost = (trials: Trials): number | undefined => {
  const known = trials.flatMap(({ costUsd }) => costUsd ?? []);
  return known.length < trials.length ? undefined : sum(known);
};

const quotient = (whole: number | undefined, parts: number): number | undefined =>
  whole === undefined ? undefined : ratio(whole, parts);

const rates: readonly ContenderMetric[] = [
  {
    id: 'pass_rate',
    group: 'right',
    label: 'Pass rate',
    unit: 'ratio',
    better: 'higher',
    formula: 'resolved ÷ trials with a verdict',
    needs: ['verdict'],
    compute: (trials) => ratio(resolved(trials).length, judged(trials).length),
  },
  {
    id: 'pass_rate_as_failure',
    group: 'unjudged',
    label: 'Pass rate, no verdict as failure',
    unit: 'ratio',
    better: 'higher',
    formula: 'resolved ÷ all trials; also the lower bound',
    needs: ['verdict'],
    compute: (trials) => ratio(resolved(trials).length, trials.length),
  },
  {
    id: 'pass_rate_upper_bound',
    group: 'unjudged',
    label: 'Pass rate, upper bound',
    unit: 'ratio',
    better: 'higher',
    formula: '(resolved + trials without a verdict) ÷ all trials',
    needs: ['verdict'],
    compute: (trials) => ratio(resolved(trials).length + trials.length - judged(trials).length, trials.length),
  },
  {
    id: 'infra_error_rate',
    group: 'unjudged',
    label: 'Infra error rate',
    unit: 'ratio',
    better: 'lower',
    formula: 'trials whose counted attempt ended in an infra error without a verdict ÷ all trials',
    needs: ['infraError'],
    compute: (trials) =>
      ratio(trials.filter(({ noVerdictReason }) => noVerdictReason === 'infra-error').length, trials.length),
  },
  {
    id: 'time_limit_rate',
    group: 'unjudged',
    label: 'Time-limit rate',
    unit: 'ratio',
    better: 'lower',
    formula: 'trials stopped by the time limit ÷ all trials',
    needs: ['stop'],
    compute: (trials) => ratio(trials.filter(({ stop }) => stop === 'time-limit').length, trials.length),
  },
];

const times: readonly ContenderMetric[] = [
  {
    id: 'agent_time_median_s',
    group: 'fast',
    label: 'Agent time, median',
    unit: 's',
    better: 'lower',
    formula: 'median agent time of the judged trials',
    needs: ['agentMs', 'verdict'],
    compute: (trials) => seconds(quantile(agentTimes(trials), 0.5)),
  },
  {
    id: 'agent_time_mean_s',
    group: 'fast',
    label: 'Agent time, mean',
    unit: 's',
    better: 'lower',
    formula: 'mean agent time of the judged trials',
    needs: ['agentMs', 'verdict'],
    compute: (trials) => seconds(mean(agentTimes(trials))),
  },
  {
    id: 'time_per_solved_s',
    group: 'fast',
    label: 'Time per solved task',
    unit: 's',
    better: 'lower',
    formula: 'total agent time of the judged trials ÷ resolved trials; undefined when none is resolved',
    needs: ['agentMs', 'verdict'],
    compute: (trials) => seconds(ratio(sum(agentTimes(trials)), resolved(trials).length)),
  },
];

const costs: readonly ContenderMetric[] = [
  {
    id: 'cost_per_trial_usd',
    group: 'cost',
    label: 'Cost per trial',
    unit: 'USD',
    better: 'lower',
    formula: 'total cost of the judged trials ÷ their number; unknown as soon as that of one is',
    needs: ['prices', 'turns.usage', 'verdict'],
    compute: (trials) => quotient(totalCost(judged(trials)), judged(trials).length),
  },
  {
    id: 'cost_per_solved_usd',
    group: 'cost',
    label: 'Cost per solved task',
    unit: 'USD',
    better: 'lower',
    formula: 'total cost of the judged trials ÷ resolved trials; undefined when none is resolved',
    needs: ['prices', 'turns.usage', 'verdict'],
    compute: (trials) => quotient(totalCost(judged(trials)), resolved(trials).length),
  },
  {
    id: 'cost_total_usd',
    group: 'cost',
    label: 'Total cost',
    unit: 'USD',
    better: 'neither',
    formula: 'cost of all trials, those without a verdict included; unknown as soon as that of one is',
    needs: ['prices', 'turns.usage'],
    compute: (trials) => (trials.length === 0 ? undefined : totalCost(trials)),
  },
];

const speeds: readonly ContenderMetric[] = [
  ...([0.5, 0.95] as const).map(
    (q): ContenderMetric => ({
      group: 'model',
      id: `ttft_p${q * 100}_s`,
      label: `TTFT p${q * 100}`,
      unit: 's',
      better: 'lower',
      formula: `${q * 100}th percentile (type 7) of TTFT over all turns of the judged trials`,
      needs: ['turns.stamps.firstContent'],
      compute: (trials) =>
        seconds(
          quantile(
            judged(trials).flatMap(({ ttftMs }) => ttftMs),
            q,
          ),
        ),
    }),
  ),
  {
    id: 'decode_tokens_per_s',
    group: 'model',
    label: 'Decode',
    unit: 'tokens/s',
    better: 'higher',
    formula: 'Σ (output tokens − tokens of the first chunk) ÷ Σ (last content − first content), over all turns',
    needs: ['turns.usage.output', 'turns.stamps'],
    compute: (trials) => tokensPerSecond(judged(trials).map(({ decode }) => decode)),
  },
  {
    id: 'end_to_end_tokens_per_s',
    group: 'model',
    label: 'End to end',
    unit: 'tokens/s',
    better: 'higher',
    formula: 'Σ output tokens ÷ Σ (terminal − dispatch), over all turns',
    needs: ['turns.usage.output', 'turns.stamps'],
    compute: (trials) => tokensPerSecond(judged(trials).map(({ endToEnd }) => endToEnd)),
  },
];

const efforts: readonly ContenderMetric[] = (
  [
    ['output_tokens_mean', 'Output tokens', 'tokens', 'usage.output', (trial: TrialFacts) => trial.usage.output],
    ['input_tokens_mean', 'Input tokens', 'tokens', 'usage.input', (trial: TrialFacts) => trial.usage.input],
    ['steps_mean', 'Steps', 'count', 'steps', (trial: TrialFacts) => trial.steps],
    ['tool_calls_mean', 'Tool calls', 'count', 'toolCalls', (trial: TrialFacts) => trial.toolCalls],
    ['edit_files_mean', 'Files changed', 'files', 'edit', (trial: TrialFacts) => trial.edit?.files],
    [
      'edit_lines_mean',
      'Lines changed',
      'lines',
      'edit',
      (trial: TrialFacts) => (trial.edit === undefined ? undefined : trial.edit.insertions + trial.edit.deletions),
    ],
  ] as const
).map(([id, label, unit, need, value]) => ({
  id,
  group: 'effort' as const,
  label,
  unit,
  better: 'lower',
  formula: 'mean over the judged trials that state it',
  needs: [need],
  compute: (trials: Trials) => meanOf(trials, value),
}));

/** One value a contender, from its counted trials; by group. */
export const contenderMetrics: readonly ContenderMetric[] = [
  ...rates,
  ...times,
  ...costs,
  ...speeds,
  ...steeringMetrics,
  ...efforts,
].sort((left, right) => metricGroups.indexOf(left.group) - metricGroups.indexOf(right.group));
