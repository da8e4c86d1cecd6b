import { type FrontierAxis, isCostAxis } from '../../../../analysis/estimate.ts';
import { attainableWithin } from '../../../../analysis/frontier/attainable.ts';
import { segmentNames } from '../../../../domain/trial.ts';
import { valueAt } from '../../../../measure/survival/step-curve.ts';
import { axisNames, spentRange, spentText } from '../../../chart/frontier/frontier-axis.ts';
import { timeTicks } from '../../../chart/time-axis.ts';
import { duration, durationRange, percent, percentRange, unknown } from '../../../format.ts';
import type { ReportModel } from '../../../model.ts';
import { segmentLabels } from '../../../segment-labels.ts';
import { type HtmlNode, h } from '../../node.ts';
import { contenderName } from '../part/phrases.ts';
import { type TableView, tableTwin } from '../part/table.ts';

/** The time limit that the configuration set for all tasks, in milliseconds; undefined where every task had its own. */
const timeLimitOf = ({ run }: ReportModel): number | undefined => {
  const { budgets } = (run.config ?? {}) as { readonly budgets?: { readonly time?: unknown } };
  return typeof budgets?.time === 'number' ? budgets.time : undefined;
};

const noLimit =
  'No area under the staircase (hypervolume): it needs one time limit for all tasks, `budgets.time` in tacho.yaml. A limit read off the data would move with the contenders.';

/** How much of the time up to the limit the contenders cover, in one line, or why that cannot be said; nothing over cost, which has no limit. */
export const attainableView = (model: ReportModel, axis: FrontierAxis): HtmlNode | undefined => {
  if (isCostAxis(axis)) return undefined;
  const limit = timeLimitOf(model);
  if (limit === undefined) return h('p', { class: 'attainable' }, noLimit);
  const attainable = attainableWithin(model.summary.frontiers[axis], limit);
  if (attainable === undefined)
    return h(
      'p',
      { class: 'attainable' },
      `No area under the staircase (hypervolume): no contender comes in below the limit of ${duration(limit)}.`,
    );
  return h(
    'p',
    { class: 'attainable' },
    `Area under the staircase up to the limit of ${duration(attainable.limitMs)} (hypervolume): ${attainable.share.toFixed(3)} of 1. Lost without `,
    ...attainable.added.flatMap(({ contender, share }, index) => [
      index === 0 ? '' : ', ',
      contenderName(model, contender),
      ` ${share.toFixed(3)}`,
    ]),
    '.',
  );
};

/** Who beats a contender on both axes, and in how many resamples. */
const beatenBy = (
  model: ReportModel,
  { loser, axis }: { readonly loser: string; readonly axis: FrontierAxis },
): HtmlNode => {
  const winners = model.summary.frontiers[axis].dominance.filter((pair) => pair.loser === loser);
  if (winners.length === 0) return unknown;
  return h(
    'span',
    {},
    ...winners.flatMap(({ winner, probability }, index) => [
      index === 0 ? '' : ', ',
      contenderName(model, winner),
      ` ${percent(probability)}`,
    ]),
  );
};

/** The frontier figure as a table. */
export const frontierTwin = (model: ReportModel, axis: FrontierAxis): HtmlNode => {
  const rows = model.summary.frontiers[axis].placed.map((placed) => [
    contenderName(model, placed.contender),
    `${percent(placed.passRate)} (${percentRange(placed.passRateInterval)})`,
    `${spentText(axis, placed.spent.value)}${placed.spent.interval === undefined ? '' : ` (${spentRange(axis, placed.spent.interval)})`}`,
    placed.onFrontier ? 'yes' : 'dominated',
    placed.frontierProbability === undefined ? unknown : percent(placed.frontierProbability),
    beatenBy(model, { loser: placed.contender, axis }),
  ]);
  return tableTwin({
    caption: 'Frontier',
    head: ['Contender', 'Pass rate', axisNames[axis].title, 'On the frontier', 'P(on frontier)', 'P(beaten by)'],
    rows,
  });
};

/** The solved-by-time curves at round times. */
export const solvedTwin = (model: ReportModel): HtmlNode => {
  const { curves } = model.summary.solvedByTime;
  const times = curves.flatMap(({ curve }) => curve.steps.map(({ time }) => time / 1000));
  const ticks = times.length === 0 ? [] : timeTicks([Math.min(...times) / 1.5, Math.max(...times) * 2], 14);
  return tableTwin({
    caption: 'Share of trials solved within a time',
    head: ['Within', ...curves.map(({ contender }) => contenderName(model, contender))],
    rows: ticks.map((seconds) => [
      duration(seconds * 1000),
      ...curves.map(({ curve }) => percent(valueAt(curve, seconds * 1000))),
    ]),
  });
};

/** When the lead passes from whom to whom, for every pair of curves that cross; nothing where none do. */
export const crossingTwin = (model: ReportModel): HtmlNode | undefined => {
  const { crossings } = model.summary.solvedByTime;
  if (crossings.length === 0) return undefined;
  const table: TableView = {
    caption: 'When the lead passes',
    head: ['Leads first', 'leads then', 'The lead passes after', '95% interval', 'In so many resamples'],
    rows: crossings.map(({ earlier, later, time, interval, share }) => [
      contenderName(model, earlier),
      contenderName(model, later),
      duration(time),
      interval === undefined ? unknown : durationRange(interval),
      percent(share),
    ]),
  };
  return tableTwin(table, 'When the lead passes');
};

/** The time anatomy as a table; the last row is the sum. */
export const anatomyTwin = (model: ReportModel): HtmlNode => {
  const { contenders } = model.summary;
  const total = (index: number) => segmentNames.reduce((sum, name) => sum + (contenders[index]?.anatomy[name] ?? 0), 0);
  const table: TableView = {
    caption: 'Mean wall-clock of a trial by segment',
    head: ['Segment', ...contenders.map(({ contender }) => contenderName(model, contender))],
    rows: [
      ...segmentNames.map((name) => [
        `${segmentLabels[name].label}: ${segmentLabels[name].meaning}`,
        ...contenders.map(({ anatomy }) => duration(anatomy[name])),
      ]),
      ['Wall-clock', ...contenders.map((_, index) => duration(total(index)))],
    ],
  };
  return tableTwin(table);
};
