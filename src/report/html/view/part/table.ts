import { type HtmlNode, h } from '../../node.ts';

type Rows = readonly (readonly HtmlNode[])[];

/** A table: first column of row headers, the others of values; either plain rows or rows under headings. */
export type TableView = {
  readonly caption: string;
  readonly head: readonly HtmlNode[];
  readonly rows?: Rows | undefined;
  readonly groups?: readonly { readonly title: string; readonly rows: Rows }[] | undefined;
  readonly class?: string | undefined;
};

const rowView = ([header, ...cells]: readonly HtmlNode[]): HtmlNode =>
  h('tr', {}, h('th', { scope: 'row' }, header ?? ''), ...cells.map((cell) => h('td', { class: 'number' }, cell)));

/** A table that scrolls inside its own box on narrow screens. */
export const tableView = ({ caption, head, rows = [], groups = [], class: name }: TableView): HtmlNode =>
  h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    h(
      'table',
      { class: name },
      h('caption', {}, caption),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ...head.map((cell, index) => h('th', { scope: 'col', class: index === 0 ? undefined : 'number' }, cell)),
        ),
      ),
      rows.length > 0 && h('tbody', {}, ...rows.map(rowView)),
      ...groups.map((group) =>
        h(
          'tbody',
          {},
          h('tr', { class: 'group' }, h('th', { scope: 'rowgroup', colspan: head.length }, group.title)),
          ...group.rows.map(rowView),
        ),
      ),
    ),
  );

/** The same data as the figure above it, for readers who cannot or do not want to see it. */
export const tableTwin = (table: TableView, summary = 'The same as a table'): HtmlNode =>
  h('details', { class: 'twin' }, h('summary', {}, summary), tableView(table));
