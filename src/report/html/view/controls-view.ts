import { costStatistics, type FrontierAxis, timeStatistics } from '../../../analysis/estimate.ts';
import { type LabelKind, labelKinds, labelsOfTasks } from '../../../analysis/task-labels.ts';
import { axisNames } from '../../chart/frontier/frontier-axis.ts';
import type { ReportModel } from '../../model.ts';
import { sanitiseLine } from '../../sanitise.ts';
import { carriesTrials, mostTrials } from '../island.ts';
import { type HtmlNode, h } from '../node.ts';
import { whyNoCostAxis } from './numbers/cost-view.ts';

const kindNames: Readonly<Record<LabelKind, string>> = {
  difficulty: 'Difficulty',
  category: 'Category',
  language: 'Language',
  tag: 'Tag',
};

const count = (value: number): string => value.toLocaleString('en-US');

const option = (value: string, text: string): HtmlNode => h('option', { value }, sanitiseLine(text));

const axisChoice = (legend: string, axes: readonly FrontierAxis[]): HtmlNode =>
  h(
    'fieldset',
    {},
    h('legend', {}, legend),
    ...axes.map((axis) =>
      h(
        'label',
        {},
        h('input', { type: 'radio', name: 'axis', value: axis, checked: axis === 'median' }),
        h('span', {}, axisNames[axis].choice),
      ),
    ),
  );

/** Cost as an axis where it is known; else why it cannot be chosen. */
const costChoice = (model: ReportModel): HtmlNode => {
  const why = whyNoCostAxis(model);
  if (why === undefined) return axisChoice('Cost', costStatistics);
  return h('p', { class: 'no-cost' }, sanitiseLine(`No choice of cost: ${why}.`));
};

/** In place of filters where the page cannot carry what they need. */
const noControls = ({ selection }: ReportModel): HtmlNode =>
  h(
    'p',
    { class: 'note' },
    `This page shows the whole run: it has ${count(selection.trials.length)} trials, and above ${count(mostTrials)} a page cannot carry what filters, other axes of the frontier and opening a trial need. charts/ has the frontier over every axis, tables/ every trial and call, the run’s folder every trajectory.`,
  );

/** Filters by suite and label, and the axis of the frontier. They work where scripts run; without, everything is shown. */
export const controlsView = (model: ReportModel): HtmlNode => {
  if (!carriesTrials(model)) return noControls(model);
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
    axisChoice('Agent time', timeStatistics),
    costChoice(model),
    h('output', { id: 'filter-result', 'aria-live': 'polite' }),
  );
};
