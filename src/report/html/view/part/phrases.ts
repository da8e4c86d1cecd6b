import { provenanceOf } from '../../../../domain/run.ts';
import { contenderColours } from '../../../chart/theme.ts';
import type { ReportModel } from '../../../model.ts';
import { sanitiseLine } from '../../../sanitise.ts';
import type { Phrase } from '../../../verdict/verdict.ts';
import { type HtmlNode, h } from '../../node.ts';

/** The class that gives an element a contender's colour. */
const contenderClass = (model: ReportModel, contender: string): string => {
  const index = model.contenders.findIndex(({ name }) => name === contender);
  return index < 0 ? 'contender' : `contender c${index % contenderColours.length}`;
};

/** A contender's name as reports write it, in its colour, "(simulated)" and the like included. */
export const contenderName = (model: ReportModel, contender: string): HtmlNode => {
  const described = model.contenders.find(({ name }) => name === contender);
  const provenance = described === undefined ? undefined : provenanceOf(described);
  return h(
    'span',
    { class: contenderClass(model, contender) },
    sanitiseLine(contender),
    provenance !== undefined && h('span', { class: 'simulated' }, ` (${provenance})`),
  );
};

/** A number and its unit stay on one line. */
export const keepUnits = (text: string): string => text.replace(/(\d) (ms|s|min|h|points|tasks)\b/g, '$1\u00a0$2');

/** A sentence whose contenders are coloured. */
export const sentence = (model: ReportModel, phrases: readonly Phrase[]): readonly HtmlNode[] =>
  phrases.map(({ text, contender }) =>
    contender === undefined ? keepUnits(sanitiseLine(text)) : contenderName(model, contender),
  );
