import type { Chart } from '../../../chart/chart.ts';
import { type HtmlNode, h } from '../../node.ts';

/** Where a chart goes: drawn when the report is written, made interactive in the page. */
export const chartSlot = ({ id, title }: Pick<Chart, 'id' | 'title'>, drawing: HtmlNode | undefined): HtmlNode =>
  h(
    'div',
    { class: 'chart', 'data-chart': id, role: 'img', 'aria-label': title },
    drawing ?? h('p', { class: 'empty' }, 'Nothing to draw yet.'),
  );

/** A section of the report: heading, one line on how to read it, content. */
export const section = (
  { id, title, lead }: { readonly id: string; readonly title: string; readonly lead?: string | undefined },
  ...content: readonly (HtmlNode | undefined | false)[]
): HtmlNode =>
  h(
    'section',
    { id, 'aria-labelledby': `${id}-title` },
    h('h2', { id: `${id}-title` }, title),
    lead !== undefined && h('p', { class: 'lead' }, lead),
    ...content,
  );
