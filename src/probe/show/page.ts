import { svgOf } from '../../report/chart/svg.ts';
import { pageTheme } from '../../report/chart/theme.ts';
import { pageStyle } from '../../report/html/generated/page-assets.ts';
import { escapeHtml, type HtmlNode, h, toHtml } from '../../report/html/node.ts';
import { section } from '../../report/html/view/part/figure.ts';
import { keepUnits } from '../../report/html/view/part/phrases.ts';
import { tableView } from '../../report/html/view/part/table.ts';
import { sanitiseLine } from '../../report/sanitise.ts';
import type { ProbeView } from './view.ts';

const chartWidth = 900;

const hash = async (text: string): Promise<string> => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return `'sha256-${btoa(String.fromCharCode(...digest))}'`;
};

/** Nothing may be loaded and nothing may run; only our own style sheet applies. */
const policy = async (): Promise<string> =>
  `default-src 'none'; style-src ${await hash(pageStyle)}; base-uri 'none'; form-action 'none'`;

const head = async (view: ProbeView): Promise<string> =>
  [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escapeHtml(await policy())}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escapeHtml(sanitiseLine(view.title))}</title>`,
    `<style>${pageStyle}</style>`,
    '</head>',
    '<body>',
  ].join('\n');

const headerView = ({ headline, notes, byline }: ProbeView): HtmlNode =>
  h(
    'header',
    {},
    h('h1', { class: 'verdict' }, keepUnits(sanitiseLine(headline[0] ?? ''))),
    ...headline.slice(1).map((sentence) => h('p', { class: 'doubt' }, keepUnits(sanitiseLine(sentence)))),
    h('p', { class: 'byline' }, ...byline.map((part) => h('span', {}, sanitiseLine(part)))),
    ...notes.map((note) => h('p', { class: 'note' }, sanitiseLine(note))),
  );

const chartsView = async ({ charts }: ProbeView): Promise<readonly HtmlNode[]> => {
  const sections: HtmlNode[] = [];
  for (const { id, title, lead, specification } of charts) {
    const markup = await svgOf(specification({ theme: pageTheme, width: chartWidth }));
    sections.push(
      section({ id, title, lead }, h('div', { class: 'chart', role: 'img', 'aria-label': title }, { markup })),
    );
  }
  return sections;
};

const tablesView = ({ tables }: ProbeView): readonly HtmlNode[] =>
  tables.map(({ id, title, lead, head: heads, rows }) =>
    section(
      { id: `table-${id}`, title, lead },
      tableView({
        caption: title,
        head: heads.map(sanitiseLine),
        rows: rows.map((row) => row.map(sanitiseLine)),
      }),
    ),
  );

const definitionsView = ({ definitions }: ProbeView): HtmlNode =>
  section(
    { id: 'definitions', title: 'Definitions' },
    h('dl', { class: 'facts' }, ...definitions.flatMap(([term, meaning]) => [h('dt', {}, term), h('dd', {}, meaning)])),
  );

/** A probe as one HTML file in the report's style; it opens offline and runs no script. */
export const probePage = async (view: ProbeView): Promise<string> => {
  const body = h('main', {}, headerView(view), ...(await chartsView(view)), ...tablesView(view), definitionsView(view));
  const footer = h('footer', {}, h('p', {}, `Tacho ${sanitiseLine(view.version)}. This page loads nothing.`));
  return `${await head(view)}\n${toHtml(body)}\n${toHtml(footer)}\n</body>\n</html>\n`;
};
