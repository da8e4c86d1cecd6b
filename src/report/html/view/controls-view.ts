import { type TimeStatistic, timeStatistics } from '../../../analysis/estimate.ts';
import { type LabelKind, labelKinds, labelsOfTasks } from '../../../analysis/task-labels.ts';
import type { ReportModel } from '../../model.ts';
import { sanitiseLine } from '../../sanitise.ts';
import { type HtmlNode, h } from '../node.ts';

const statisticNames: Readonly<Record<TimeStatistic, string>> = {
  median: 'Median',
  mean: 'Mean',
  'per-solved': 'Per solved task',
};

const kindNames: Readonly<Record<LabelKind, string>> = {
  difficulty: 'Difficulty',
  category: 'Category',
  language: 'Language',
  tag: 'Tag',
};

const option = (value: string, text: string): HtmlNode => h('option', { value }, sanitiseLine(text));

/** Filters by suite and label, and the time statistic of the frontier. They work where scripts run; without, everything is shown. */
export const controlsView = (model: ReportModel): HtmlNode => {
  const { tasks } = model.selection;
  const suites = [...new Set(tasks.map(({ suite }) => suite))].sort();
  return h(
    'form',
    { class: 'controls', id: 'controls', hidden: true, 'aria-label': 'Filters' },
    h(
      'label',
      {},
      'Suite ',
      h('select', { id: 'filter-suite' }, option('', 'all suites'), ...suites.map((suite) => option(suite, suite))),
    ),
    h(
      'label',
      {},
      'Tasks ',
      h(
        'select',
        { id: 'filter-label' },
        option('', 'all tasks'),
        ...labelKinds.flatMap((kind) => {
          const labels = labelsOfTasks(tasks, kind);
          return labels.length < 2 && kind !== 'tag'
            ? []
            : [
                h(
                  'optgroup',
                  { label: kindNames[kind] },
                  ...labels.map((label) => option(JSON.stringify([kind, label]), label)),
                ),
              ];
        }),
      ),
    ),
    h(
      'fieldset',
      {},
      h('legend', {}, 'Agent time'),
      ...timeStatistics.map((statistic) =>
        h(
          'label',
          {},
          h('input', { type: 'radio', name: 'statistic', value: statistic, checked: statistic === 'median' }),
          h('span', {}, statisticNames[statistic]),
        ),
      ),
    ),
    h('output', { id: 'filter-result', 'aria-live': 'polite' }),
  );
};
