import type { ChalkInstance } from 'chalk';
import { defaults } from '../../analysis/planning/assumptions.ts';
import type { ContenderPlan, PairPlan, RunPlan } from '../../analysis/planning/run-plan.ts';
import { layOut } from '../../report/console.ts';
import { dollars, dollarsRange, duration, number, unknown } from '../../report/format.ts';
import { sanitiseOutput } from '../../report/sanitise.ts';
import type { GateForecast } from '../outlook/outlook.ts';

const points = (difference: number): string => `${Math.round(difference * 1000) / 10} points`;

const percent = (ratio: number): string => {
  const value = ratio * 100;
  return value > 0 && value < 1 ? '< 1%' : value > 99 && value < 100 ? '> 99%' : `${Math.round(value)}%`;
};

const tokens = (count: number | undefined): string =>
  count === undefined ? unknown : count >= 1e6 ? `${number(count / 1e6)}M` : `${number(count / 1e3)}k`;

const costText = (cost: RunPlan['costUsd']): string =>
  'unknown' in cost ? unknown : `${dollars(cost.expected)} (${dollarsRange(cost)})`;

/** What all of it costs, or why that is unknown. */
const totalText = ({ costUsd }: RunPlan, colour: ChalkInstance): string =>
  'unknown' in costUsd
    ? `cost unknown: ${sanitiseOutput(costUsd.unknown)}`
    : `about ${colour.bold(dollars(costUsd.expected))} (${dollarsRange(costUsd)}) for the model calls`;

const contenderRow = (plan: ContenderPlan): readonly string[] => [
  sanitiseOutput(plan.contender),
  String(plan.trials),
  `${percent(plan.passRate)} ± ${points(plan.halfWidth)}`,
  duration(plan.wallMs),
  tokens(plan.inputTotal),
  tokens(plan.outputTotal),
  costText(plan.costUsd),
  plan.origin,
];

const pairRow = (pair: PairPlan): readonly string[] => [
  sanitiseOutput(`${pair.first} and ${pair.second}`),
  points(pair.passRateDifference),
  `${number(pair.timeRatio)}x`,
  pair.origin,
];

const forecastRow = ({ gate, contender, nTasks, chances, needed }: GateForecast): readonly string[] => [
  sanitiseOutput(`${gate}: ${contender}`),
  String(nTasks),
  chances === undefined ? unknown : percent(chances.pass),
  chances === undefined ? unknown : percent(chances.fail),
  chances === undefined ? unknown : percent(chances.inconclusive),
  sanitiseOutput(needed ?? unknown),
];

const table = (rows: readonly (readonly string[])[], colour: ChalkInstance): readonly string[] => {
  const [head = '', ...lines] = layOut(rows);
  return [`  ${colour.dim(head)}`, ...lines.map((line) => `  ${line}`)];
};

/** The chances as columns, and beside them whom they are about or why there are none. */
const forecastTable = (forecasts: readonly GateForecast[], colour: ChalkInstance): readonly string[] => {
  const head = ['gate', 'tasks', 'pass', 'fail', 'inconclusive', 'passes 4 in 5 from'];
  const [first = '', ...lines] = table([head, ...forecasts.map(forecastRow)], colour);
  const besides = forecasts.map(({ why, who }) => sanitiseOutput(why ?? who ?? ''));
  return [first, ...lines.map((line, place) => `${line}  ${colour.dim(besides[place] ?? '')}`)];
};

/** Gates that an equal model would seldom pass pretend to decide. */
const warning = (forecasts: readonly GateForecast[]): readonly string[] => {
  const seldom = forecasts.filter(({ chances, forEqual }) => forEqual && chances !== undefined && chances.pass < 0.5);
  if (seldom.length === 0) return [];
  return [
    '',
    `${seldom.length} of these will more often not pass than pass: more tasks, a wider margin or \`evidence: observed\` would change that; more attempts at the same tasks hardly would.`,
  ];
};

/** What stands behind every number that no pilot gave. */
const assumptionsText = ({ contenders, pairs }: RunPlan): readonly string[] => {
  const isAssumed = [...contenders, ...pairs].some(({ origin }) => origin === 'assumed');
  if (!isAssumed) return [];
  return [
    '',
    `Assumed where it says so: ${defaults.passRate * 100}% solved, ${defaults.icc * 100}% of the variance between tasks, ${duration(defaults.wallMs)} and ${tokens(defaults.inputTokens)} + ${tokens(defaults.outputTokens)} tokens a trial (costs from all input cached to none),`,
    'true task scores of two contenders that differ with a variance of 1/9 and times by a factor of e^0.6. A pilot replaces this: --pilot RUN',
  ];
};

/** The plan of a run for a terminal: what it takes, what it can tell, how its gates will come out. */
export const planText = (
  plan: RunPlan,
  { forecasts, colour }: { readonly forecasts: readonly GateForecast[]; readonly colour: ChalkInstance },
): string => {
  const { suites, nTasks, design, trials, wallMs, contenders, pairs, pilot } = plan;
  const listed = suites.map(({ suite, tasks }) => `${sanitiseOutput(suite)} ${tasks}`).join(', ');
  return [
    `${nTasks} tasks (${listed}) × ${design.contenders.length} contenders × ${design.attempts} attempts = ${colour.bold(`${trials} trials`)}`,
    `about ${colour.bold(duration(wallMs))} at ${design.concurrency} trials at a time, if nothing has to wait${pilot === undefined ? '' : `; from pilot ${sanitiseOutput(pilot.runId)}`}`,
    totalText(plan, colour),
    '',
    ...table(
      [
        ['contender', 'trials', 'pass rate, 95%', 'time a trial', 'input tokens', 'output tokens', 'cost', 'from'],
        ...contenders.map(contenderRow),
      ],
      colour,
    ),
    ...(pairs.length === 0
      ? []
      : [
          '',
          'Smallest true difference that would be found four times in five (two-sided, 95%):',
          ...table([['contenders', 'pass rate', 'time', 'from'], ...pairs.map(pairRow)], colour),
        ]),
    ...(forecasts.length === 0
      ? []
      : ['', 'How often each gate would come out how:', ...forecastTable(forecasts, colour), ...warning(forecasts)]),
    ...assumptionsText(plan),
    '',
  ].join('\n');
};
