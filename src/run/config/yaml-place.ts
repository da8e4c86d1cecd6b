import { type Document, isMap, isNode, isScalar, type LineCounter } from 'yaml';

/** Where in the file a path of keys stands: `file:line:column` of the value, or of the key where `onKey`. */
export const placeOf = (
  path: readonly PropertyKey[],
  {
    document,
    lines,
    file,
    onKey,
  }: {
    readonly document: Document;
    readonly lines: LineCounter;
    readonly file: string;
    readonly onKey?: string | undefined;
  },
): string => {
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    if (!isNode(node)) continue;
    const pair =
      onKey !== undefined && isMap(node)
        ? node.items.find((item) => isScalar(item.key) && item.key.value === onKey)
        : undefined;
    const range = isScalar(pair?.key) ? pair.key.range : node.range;
    const position = lines.linePos(range?.[0] ?? 0);
    return `${file}:${position.line}:${position.col}`;
  }
  return `${file}:1:1`;
};
