import type { TimeStatistic } from '../../../../analysis/estimate.ts';
import { segmentNames } from '../../../../domain/trial.ts';
import { valueAt } from '../../../../measure/survival/step-curve.ts';
import { timeTicks } from '../../../chart/time-axis.ts';
import { duration, durationRange, percent, percentRange, unknown } from '../../../format.ts';
import type { ReportModel } from '../../../model.ts';
import { segmentLabels } from '../../../segment-labels.ts';
import type { HtmlNode } from '../../node.ts';
import { contenderName } from '../part/phrases.ts';
import { type TableView, tableTwin } from '../part/table.ts';

/** The frontier figure as a table. */
export const frontierTwin = (model: ReportModel, statistic: TimeStatistic): HtmlNode => {
  const rows = model.summary.frontiers[statistic].placed.map((placed) => [
    contenderName(model, placed.contender),
    `${percent(placed.passRate)} (${percentRange(placed.passRateInterval)})`,
    `${duration(placed.time.value)}${placed.time.interval === undefined ? '' : ` (${durationRange(placed.time.interval)})`}`,
    placed.onFrontier ? 'yes' : 'dominated',
    placed.frontierProbability === undefined ? unknown : percent(placed.frontierProbability),
  ]);
  return tableTwin({
    caption: 'Frontier',
    head: ['Contender', 'Pass rate', 'Agent time', 'On the frontier', 'P(on frontier)'],
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
