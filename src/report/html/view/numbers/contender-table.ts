import type { ContenderSummary } from '../../../../analysis/contender/contender-summary.ts';
import {
  type ContenderMetric,
  contenderMetrics,
  metricGroups,
} from '../../../../measure/catalogue/contender-metrics.ts';
import { axisOfMetric, spentRange } from '../../../chart/frontier/frontier-axis.ts';
import { percentRange, valueText } from '../../../format.ts';
import type { ReportModel } from '../../../model.ts';
import { type HtmlNode, h } from '../../node.ts';
import { contenderName } from '../part/phrases.ts';
import { tableView } from '../part/table.ts';

const groupTitles: Readonly<Record<ContenderMetric['group'], string>> = {
  right: 'How often right',
  fast: 'How fast to an answer',
  cost: 'At what cost, by the prices of the day of the run',
  model: 'How fast the model',
  steered: 'When the instruction changed in the midst of an answer',
  effort: 'With how much effort, in a mean trial',
  unjudged: 'With what reservations',
};

/** The interval of a metric, where it has one. */
const rangeText = (id: string, summary: ContenderSummary): string | undefined => {
  if (id === 'pass_rate') return summary.passRate && percentRange(summary.passRate);
  const axis = axisOfMetric[id];
  const interval = axis && summary.spent[axis]?.interval;
  return axis && interval && spentRange(axis, interval);
};

/** The best value of a row; undefined where the metric has no better direction or all are the same. */
const bestOf = ({ id, better }: ContenderMetric, summaries: readonly ContenderSummary[]): number | undefined => {
  const values = summaries.map(({ metrics }) => metrics[id]).filter((value) => value !== undefined);
  if (better === 'neither' || values.length < 2 || new Set(values).size < 2) return undefined;
  return better === 'higher' ? Math.max(...values) : Math.min(...values);
};

const cell = (
  metric: ContenderMetric,
  { summary, best }: { summary: ContenderSummary; best: number | undefined },
): HtmlNode => {
  const value = summary.metrics[metric.id];
  const isCost = metric.id === 'cost_per_solved_usd' && summary.metrics.cost_per_trial_usd !== undefined;
  const isPerSolved = metric.id === 'time_per_solved_s' || isCost;
  const none = isPerSolved && value === undefined && summary.resolved === 0 && summary.unresolved > 0;
  const text = none ? '∞ (0 solved)' : valueText(value, metric.unit);
  const range = rangeText(metric.id, summary);
  return h(
    'span',
    { class: value !== undefined && value === best ? 'best' : undefined },
    text,
    range !== undefined && value !== undefined && h('span', { class: 'range' }, ` ${range}`),
  );
};

const metricRow = (metric: ContenderMetric, summaries: readonly ContenderSummary[]): readonly HtmlNode[] => {
  const best = bestOf(metric, summaries);
  const unit = metric.unit === 'tokens/s' && h('span', { class: 'unit' }, ' tokens/s');
  return [
    h('span', { title: metric.formula }, metric.label, unit),
    ...summaries.map((summary) => cell(metric, { summary, best })),
  ];
};

/** One row a metric of the catalogue, one column a contender; the better value of a row is bold. */
export const contenderTable = (model: ReportModel): HtmlNode => {
  const summaries = model.summary.contenders;
  return tableView({
    caption: 'Contenders side by side',
    class: 'contenders',
    head: ['Metric', ...summaries.map(({ contender }) => contenderName(model, contender))],
    groups: metricGroups.flatMap((group) => {
      const rows = contenderMetrics
        .filter((metric) => metric.group === group && summaries.some(({ metrics }) => metrics[metric.id] !== undefined))
        .map((metric) => metricRow(metric, summaries));
      return rows.length === 0 ? [] : [{ title: groupTitles[group], rows }];
    }),
  });
};
