import { type HtmlNode, h } from '../node.ts';

/** A table: first column of row headers, the others of values. */
export type TableView = {
  readonly caption: string;
  readonly head: readonly HtmlNode[];
  readonly rows: readonly (readonly HtmlNode[])[];
  readonly class?: string | undefined;
};

/** A table that scrolls inside its own box on narrow screens. */
export const tableView = ({ caption, head, rows, class: name }: TableView): HtmlNode =>
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
      h(
        'tbody',
        {},
        ...rows.map(([header, ...cells]) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, header ?? ''),
            ...cells.map((cell) => h('td', { class: 'number' }, cell)),
          ),
        ),
      ),
    ),
  );

/** The same data as the figure above it, for readers who cannot or do not want to see it. */
export const tableTwin = (table: TableView): HtmlNode =>
  h('details', { class: 'twin' }, h('summary', {}, 'The same as a table'), tableView(table));
