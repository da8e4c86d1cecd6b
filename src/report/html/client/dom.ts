import type { HtmlNode } from '../node.ts';

/** The tree as DOM nodes; text stays text. */
export const toDom = (node: HtmlNode): Node => {
  if (typeof node === 'string') return document.createTextNode(node);
  if ('markup' in node) throw new TypeError('markup is only written when the report is made, never in the page');
  const element = document.createElement(node.tag);
  for (const [name, value] of Object.entries(node.attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...node.children.map(toDom));
  return element;
};

/** The element with this id; an error of ours if the page does not have it. */
export const byId = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no element "${id}"`);
  return element;
};

/** Replaces an element's content. */
export const fill = (id: string, ...nodes: readonly HtmlNode[]): void => {
  byId(id).replaceChildren(...nodes.map(toDom));
};
