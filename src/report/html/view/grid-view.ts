import type { GridCell, GridRow } from '../../../analysis/grid.ts';
import type { ReportModel } from '../../model.ts';
import { sanitiseLine } from '../../sanitise.ts';
import { carriesTrials } from '../island.ts';
import { type HtmlNode, h } from '../node.ts';
import { contenderName } from './part/phrases.ts';

/** Rows written into the page at first; the others come when asked for. */
const gridRowsShown = 150;

const marks = { resolved: '●', unresolved: '○', 'no-verdict': '×' } as const;

/** A trial that can be opened; in a page that does not carry its trials just the mark. */
const trialMark = ({ trialId, outcome, index }: GridCell['trials'][number], opens: boolean): HtmlNode => {
  const name = `trial ${index + 1}: ${outcome}`;
  return opens
    ? h('button', { type: 'button', class: outcome, 'data-trial': trialId, 'aria-label': name }, marks[outcome])
    : h('span', { class: outcome, role: 'img', 'aria-label': name }, marks[outcome]);
};

const cellView = (cell: GridCell, opens: boolean): HtmlNode =>
  cell.trials.length === 0
    ? h('td', { class: 'cell' }, h('span', { class: 'empty' }, '·'))
    : h(
        'td',
        { class: `cell rate-${cell.judged === 0 ? 'none' : Math.round((cell.resolved / cell.judged) * 4)}` },
        ...cell.trials.map((trial) => trialMark(trial, opens)),
      );

const labelsOf = ({ task }: GridRow): string =>
  [task.difficulty === 'unknown' ? '' : task.difficulty, task.category, task.language ?? '', ...task.tags]
    .filter((label) => label !== '')
    .join(' · ');

const rowView = (row: GridRow, opens: boolean): HtmlNode =>
  h(
    'tr',
    {},
    h(
      'th',
      { scope: 'row' },
      h('span', { class: 'task' }, sanitiseLine(row.task.task)),
      h('span', { class: 'labels' }, sanitiseLine(labelsOf(row))),
    ),
    ...row.cells.map((cell) => cellView(cell, opens)),
  );

/** How to see the other rows: a button, or for runs that the page cannot carry where they are. */
const moreRows = (model: ReportModel): HtmlNode => {
  const { length } = model.summary.grid;
  return carriesTrials(model)
    ? h(
        'p',
        {},
        h('button', { type: 'button', class: 'action', 'data-action': 'all-rows' }, `Show all ${length} tasks`),
      )
    : h('p', { class: 'note' }, `The first ${gridRowsShown} of ${length} tasks; the tables hold all of them.`);
};

/** Task × contender, a mark a trial; each opens the trial. Grouped by suite, the easiest tasks first. */
export const gridView = (model: ReportModel, rowsShown: number = gridRowsShown): HtmlNode => {
  const { grid } = model.summary;
  const suites = Map.groupBy(grid.slice(0, rowsShown), ({ task }) => task.suite);
  const columns = model.summary.contenders.length + 1;
  const opens = carriesTrials(model);
  return h(
    'div',
    {},
    h(
      'div',
      { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Trials by task and contender' },
      h(
        'table',
        { class: 'grid' },
        h('caption', {}, 'Trials by task and contender'),
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            h('th', { scope: 'col' }, 'Task'),
            ...model.summary.contenders.map(({ contender }) =>
              h('th', { scope: 'col' }, contenderName(model, contender)),
            ),
          ),
        ),
        ...[...suites].map(([suite, rows]) =>
          h(
            'tbody',
            {},
            h('tr', { class: 'suite' }, h('th', { colspan: columns, scope: 'rowgroup' }, sanitiseLine(suite))),
            ...rows.map((row) => rowView(row, opens)),
          ),
        ),
      ),
    ),
    grid.length > rowsShown && moreRows(model),
  );
};
