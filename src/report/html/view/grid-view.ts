import type { GridCell, GridRow } from '../../../analysis/grid.ts';
import type { ReportModel } from '../../model.ts';
import { sanitiseLine } from '../../sanitise.ts';
import { carriesTrials } from '../island.ts';
import { type HtmlNode, h } from '../node.ts';
import { contenderName } from './part/phrases.ts';

/** Rows written into the page at first; the others come when asked for. */
const gridRowsShown = 150;

const marks = { resolved: '●', unresolved: '○', 'no-verdict': '×' } as const;

const cellView = (cell: GridCell): HtmlNode =>
  cell.trials.length === 0
    ? h('td', { class: 'cell' }, h('span', { class: 'empty' }, '·'))
    : h(
        'td',
        { class: `cell rate-${cell.judged === 0 ? 'none' : Math.round((cell.resolved / cell.judged) * 4)}` },
        ...cell.trials.map(({ trialId, outcome, index }) =>
          h(
            'button',
            { type: 'button', class: outcome, 'data-trial': trialId, 'aria-label': `trial ${index + 1}: ${outcome}` },
            marks[outcome],
          ),
        ),
      );

const labelsOf = ({ task }: GridRow): string =>
  [task.difficulty === 'unknown' ? '' : task.difficulty, task.category, task.language ?? '', ...task.tags]
    .filter((label) => label !== '')
    .join(' · ');

const rowView = (row: GridRow): HtmlNode =>
  h(
    'tr',
    {},
    h(
      'th',
      { scope: 'row' },
      h('span', { class: 'task' }, sanitiseLine(row.task.task)),
      h('span', { class: 'labels' }, sanitiseLine(labelsOf(row))),
    ),
    ...row.cells.map(cellView),
  );

/** How to see the other rows: a button, or for runs that the page cannot carry where they are. */
const moreRows = (model: ReportModel): HtmlNode => {
  const { length } = model.summary.grid;
  if (!carriesTrials(model))
    return h(
      'p',
      { class: 'note' },
      `The first tasks of ${length}: this run is too large for filters and drill-down of all trials. Tables hold everything.`,
    );
  return h(
    'p',
    {},
    h('button', { type: 'button', class: 'action', 'data-action': 'all-rows' }, `Show all ${length} tasks`),
  );
};

/** Task × contender, a mark a trial; each opens the trial. Grouped by suite, the easiest tasks first. */
export const gridView = (model: ReportModel, rowsShown: number = gridRowsShown): HtmlNode => {
  const { grid } = model.summary;
  const suites = Map.groupBy(grid.slice(0, rowsShown), ({ task }) => task.suite);
  const columns = model.summary.contenders.length + 1;
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
            ...rows.map(rowView),
          ),
        ),
      ),
    ),
    grid.length > rowsShown && moreRows(model),
  );
};
