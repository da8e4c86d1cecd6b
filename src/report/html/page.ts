import type { PackedDetail } from '../detail/pack-details.ts';
import type { ReportModel } from '../model.ts';
import { sanitiseLine } from '../sanitise.ts';
import { phraseText, verdictText } from '../verdict/verdict.ts';
import { pageScript, pageStyle } from './generated/page-assets.ts';
import { islandJson, toIsland } from './island.ts';
import { escapeHtml, type HtmlNode, h, toHtml } from './node.ts';
import { pageView } from './view/page-view.ts';

const hash = async (text: string): Promise<string> => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return `'sha256-${btoa(String.fromCharCode(...digest))}'`;
};

/** Nothing may be loaded, only our own script and style may run; PNG export needs images from data. */
const policy = async (): Promise<string> =>
  [
    "default-src 'none'",
    `script-src ${await hash(pageScript)}`,
    `style-src ${await hash(pageStyle)}`,
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

const head = async (model: ReportModel): Promise<string> => {
  const title = `${sanitiseLine(model.run.name)}: which model, when?`;
  const description = sanitiseLine(phraseText(verdictText(model).answer));
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escapeHtml(await policy())}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<meta name="description" content="${escapeHtml(description)}">`,
    `<title>${escapeHtml(title)}</title>`,
    `<style>${pageStyle}</style>`,
    '</head>',
    '<body>',
  ].join('\n');
};

/** The report as one HTML file that opens offline, in pieces: trial details are many and are written as they come. */
export async function* htmlPage(
  model: ReportModel,
  {
    drawings,
    details,
  }: { readonly drawings: ReadonlyMap<string, string>; readonly details: AsyncIterable<PackedDetail> },
): AsyncGenerator<string> {
  const drawing = (id: string): HtmlNode | undefined => {
    const markup = drawings.get(id);
    return markup === undefined ? undefined : { markup };
  };
  yield `${await head(model)}\n`;
  yield toHtml(h('main', {}, ...pageView(model, drawing)));
  yield toHtml(
    h(
      'footer',
      {},
      h(
        'p',
        {},
        `Tacho ${sanitiseLine(model.run.tacho.version)}. Everything on this page was computed from the run's log; it loads nothing.`,
      ),
    ),
  );
  yield '\n<dialog id="trial" aria-labelledby="trial-title"></dialog>\n';
  yield `<script type="application/json" id="model">${islandJson(toIsland(model))}</script>\n`;
  for await (const { trialId, packed } of details)
    yield `<script type="text/plain" data-detail="${escapeHtml(trialId)}">${packed}</script>\n`;
  yield `<script>${pageScript}</script>\n</body>\n</html>\n`;
}
