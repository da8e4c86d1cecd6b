import { catalogue } from '../../../measure/catalogue.ts';
import { type HtmlNode, h } from '../node.ts';

/** Every metric of the tables with its formula, from the catalogue. */
export const definitionsView = (): HtmlNode =>
  h(
    'dl',
    { class: 'facts' },
    ...catalogue.contender.flatMap(({ label, unit, formula }) => [
      h('dt', {}, label),
      h('dd', {}, `${formula} (${unit})`),
    ]),
  );
