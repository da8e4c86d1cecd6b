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

/** What a contender cost at least, where the endpoints have prices but not every call stated its tokens. */
const atLeast = (trials: readonly TrialFacts[]): string => {
  const judged = judgedOf(trials);
  const known = judged.flatMap(({ leastCostUsd }) => leastCostUsd ?? []);
  if (judged.length === 0 || known.length < judged.length) return '';
  const solved = judged.filter(({ outcome }) => outcome === 'resolved').length;
  const perSolved = solved === 0 ? '' : `, a solved task at least ${dollars(sum(known) / solved)}`;
  return `; by the tokens that are stated a trial cost at least ${dollars(sum(known) / judged.length)}${perSolved}`;
};

type Reason = { readonly contender: string; readonly why: string };

/** Contenders that have no cost, and why. */
const withoutCost = (model: ReportModel): readonly Reason[] => {
  const trials = Map.groupBy(model.selection.trials, ({ contender }) => contender);
  return model.contenders.flatMap(({ name, endpoints }, index) => {
    if (model.summary.contenders[index]?.spent['cost-per-trial'] !== undefined) return [];
    const why = whyNoCost(endpoints, trials.get(name) ?? []);
    return why === undefined ? [] : [{ contender: name, why: `${why}${atLeast(trials.get(name) ?? [])}` }];
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
