import { judgedOf } from '../../../../analysis/trials.ts';
import { whyNoCost } from '../../../../analysis/why-no-cost.ts';
import { pricesText } from '../../../../domain/model/prices.ts';
import { labelOf } from '../../../../domain/run.ts';
import { sum } from '../../../../measure/sample/moments.ts';
import type { TrialFacts } from '../../../../measure/trial-facts.ts';
import { dollars, dollarsRange } from '../../../format.ts';
import type { ContenderLabel, ReportModel } from '../../../model.ts';
import { sanitiseLine } from '../../../sanitise.ts';
import { type HtmlNode, h } from '../../node.ts';
import { contenderName } from '../part/phrases.ts';

/** What trials cost in sum, a trial and a solved task; nothing where it is not known of each. */
const spentOf = (costs: readonly (number | undefined)[], solved: number, how: string): string | undefined => {
  const known = costs.filter((cost) => cost !== undefined);
  if (known.length === 0 || known.length < costs.length) return undefined;
  const perSolved = solved === 0 ? '' : `, a solved task ${how} ${dollars(sum(known) / solved)}`;
  return `a trial cost ${how} ${dollars(sum(known) / known.length)}${perSolved}`;
};

/** What a contender cost at least and about, where the endpoints have prices but not every call stated its tokens. */
const withoutAll = (trials: readonly TrialFacts[]): string => {
  const judged = judgedOf(trials);
  const solved = judged.filter(({ outcome }) => outcome === 'resolved').length;
  const least = spentOf(
    judged.map(({ leastCostUsd }) => leastCostUsd),
    solved,
    'at least',
  );
  const about = spentOf(
    judged.map(({ estimatedCostUsd }) => estimatedCostUsd),
    solved,
    'about',
  );
  return [
    least === undefined ? '' : `; by the tokens that are stated ${least}`,
    about === undefined
      ? ''
      : `; estimated, with the input of such calls as what the one before read and wrote and their output as characters ÷ 4, ${about}`,
  ].join('');
};

type Reason = { readonly contender: string; readonly why: string };

/** Contenders that have no cost, and why. */
const withoutCost = (model: ReportModel): readonly Reason[] => {
  const trials = Map.groupBy(model.selection.trials, ({ contender }) => contender);
  return model.contenders.flatMap(({ name, endpoints }, index) => {
    if (model.summary.contenders[index]?.spent['cost-per-trial'] !== undefined) return [];
    const why = whyNoCost(endpoints, trials.get(name) ?? []);
    return why === undefined ? [] : [{ contender: name, why: `${why}${withoutAll(trials.get(name) ?? [])}` }];
  });
};

/** Why nothing can be drawn over cost: the first contender's reason; undefined where something can. */
export const whyNoCostAxis = (model: ReportModel): string | undefined =>
  model.summary.frontiers['cost-per-trial'].placed.length > 0
    ? undefined
    : (withoutCost(model)[0]?.why ?? 'no trial has a verdict');

const costOf = (model: ReportModel, { name }: ContenderLabel, index: number): readonly HtmlNode[] => {
  const { 'cost-per-trial': trial, 'cost-per-solved': solved } = model.summary.contenders[index]?.spent ?? {};
  if (trial === undefined) return [];
  const range = solved?.interval === undefined ? '' : ` (${dollarsRange(solved.interval)})`;
  const text = solved === undefined ? 'nothing solved' : `${dollars(solved.value)}${range} per solved task`;
  return [h('span', {}, contenderName(model, name), ` ${dollars(trial.value)} a trial, `, h('strong', {}, text), '. ')];
};

/** What trials and solved tasks cost, by which prices; of whom nothing is known, and why. */
export const costView = (model: ReportModel): readonly HtmlNode[] => {
  const costs = model.contenders.flatMap((label, index) => costOf(model, label, index));
  const endpoints = new Map(model.contenders.flatMap((label) => label.endpoints).map((found) => [found.id, found]));
  const prices = [...endpoints.values()].flatMap((endpoint) =>
    endpoint.prices === undefined ? [] : [`${labelOf(endpoint.id, endpoint)} ${pricesText(endpoint.prices)}`],
  );
  const reasons = withoutCost(model).flatMap(({ contender, why }) => [
    'No cost of ',
    contenderName(model, contender),
    sanitiseLine(`: ${why}. `),
  ]);
  return [
    h('p', { class: 'ratios' }, costs.length === 0 ? 'Cost is not known.' : 'Cost: ', ...costs),
    h(
      'p',
      { class: 'attainable' },
      prices.length === 0 ? '' : sanitiseLine(`Prices: ${prices.join('; ')}. `),
      ...reasons,
    ),
  ];
};
