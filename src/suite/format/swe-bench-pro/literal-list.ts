/**
 * A list in a dataset cell: JSON (`["a"]`) or a Python literal (`['a', "b's"]`), as published rows mix both. Parsed, never
 * evaluated. Returns undefined where it is neither.
 */
export const parseLiteralList = (text: string): readonly string[] | undefined => {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  try {
    const value: unknown = JSON.parse(trimmed);
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
  } catch {
    return parsePythonList(trimmed);
  }
};

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"' };

const withoutEscapes = (body: string): string =>
  body.replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)/gs, (whole, code: string) =>
    code.length > 1 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : (escapes[code] ?? whole),
  );

const parsePythonList = (text: string): readonly string[] | undefined => {
  if (!text.startsWith('[') || !text.endsWith(']')) return undefined;
  const items: string[] = [];
  const item = /\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*(,|$)/gsy;
  const body = text.slice(1, -1).trim();
  while (item.lastIndex < body.length) {
    const match = item.exec(body);
    if (match === null) return undefined;
    items.push(withoutEscapes(match[1] ?? match[2] ?? ''));
  }
  return items;
};
