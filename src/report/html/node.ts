/**
 * A tiny tree of elements: the same pure views become a string when a report is written and DOM nodes when a filter changes in the page.
 * Text is only ever text: nothing in a tree is parsed as HTML, except `Markup`, which only our own chart renderer makes.
 */
export type HtmlNode = string | HtmlElement | Markup;

export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

export type HtmlElement = {
  readonly tag: string;
  readonly attributes: Attributes;
  readonly children: readonly HtmlNode[];
};

/** Markup that is safe by its making (a chart's SVG); never user text. */
export type Markup = { readonly markup: string };

type Child = HtmlNode | undefined | false | readonly (HtmlNode | undefined | false)[];

/** An element; undefined and false children and attributes are left out. */
export const h = (tag: string, attributes: Attributes = {}, ...children: readonly Child[]): HtmlElement => ({
  tag,
  attributes,
  children: children.flat().filter((child): child is HtmlNode => child !== undefined && child !== false),
});

const voidTags: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'input', 'meta', 'link', 'col']);

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text made harmless in element content and in quoted attributes. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

const attributeText = (attributes: Attributes): string =>
  Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escapeHtml(String(value))}"`))
    .join('');

/** The tree as HTML text. */
export const toHtml = (node: HtmlNode): string => {
  if (typeof node === 'string') return escapeHtml(node);
  if ('markup' in node) return node.markup;
  const open = `<${node.tag}${attributeText(node.attributes)}>`;
  return voidTags.has(node.tag) ? open : `${open}${node.children.map(toHtml).join('')}</${node.tag}>`;
};
