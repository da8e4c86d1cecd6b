/** An element of a parsed document; `text` is its own text, entities resolved. */
export type XmlElement = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
};

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const resolve = (text: string): string => {
  if (/&(?!(amp|lt|gt|quot|apos);)/.test(text)) throw new Error(`a bare & in ${text}`);
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text)) throw new Error('no XML 1.0 character');
  return text.replace(/&(\w+);/g, (_, name: string) => entities[name] ?? '');
};

/** A strict reader of the XML that our reports write: throws where a real parser would. No comments, CDATA or namespaces. */
export const parseXml = (document: string): XmlElement => {
  const body = document.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open: XmlElement[] = [root];
  const last = (): XmlElement => open.at(-1) ?? root;
  let rest = body;
  while (rest.length > 0) {
    const text = /^[^<]*/.exec(rest)?.[0] ?? '';
    if (text.includes(']]>')) throw new Error('a raw ]]>');
    last().text += resolve(text);
    rest = rest.slice(text.length);
    if (rest === '') break;
    const tag = /^<(\/?)([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>/.exec(rest);
    if (tag === null) throw new Error(`malformed at ${rest.slice(0, 60)}`);
    const [whole, closing, name = '', attributes = '', empty] = tag;
    rest = rest.slice(whole.length);
    if (closing === '/') {
      if (open.length < 2 || open.pop()?.name !== name) throw new Error(`unexpected </${name}>`);
      continue;
    }
    const element: XmlElement = {
      name,
      attributes: Object.fromEntries(
        [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, resolve(value)]),
      ),
      children: [],
      text: '',
    };
    last().children.push(element);
    if (empty !== '/') open.push(element);
  }
  const [top] = root.children;
  if (open.length !== 1 || root.children.length !== 1 || top === undefined) throw new Error('not one closed document');
  return top;
};

/** All elements of a name below one. */
export const elementsNamed = (element: XmlElement, name: string): readonly XmlElement[] =>
  element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...elementsNamed(child, name)]);
