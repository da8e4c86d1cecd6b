import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { type Mistake, mistakesError } from './mistake.ts';
import type { Place } from './place.ts';

/** A file that is valid YAML, not yet checked against any schema. */
export type YamlSource = {
  readonly file: string;
  readonly value: unknown;
  /** Where the value at a path stands; of its key `onKey`, where given. What is not there is placed at what encloses it. */
  readonly place: (path: readonly PropertyKey[], onKey?: string) => Place;
};

type Opened = { readonly document: Document; readonly lines: LineCounter; readonly file: string };

const placeIn =
  ({ document, lines, file }: Opened) =>
  (path: readonly PropertyKey[], onKey?: string): Place => {
    for (let depth = path.length; depth >= 0; depth -= 1) {
      const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
      if (!isNode(node)) continue;
      const pair =
        onKey !== undefined && isMap(node)
          ? node.items.find((item) => isScalar(item.key) && item.key.value === onKey)
          : undefined;
      const range = isScalar(pair?.key) ? pair.key.range : node.range;
      const { line, col } = lines.linePos(range?.[0] ?? 0);
      return { file, line, column: col };
    }
    return { file, line: 1, column: 1 };
  };

/** Reads YAML text. Throws UserError with each mistake of syntax, also for aliases that would unfold without end. */
export const openYaml = (text: string, file: string): YamlSource => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const mistakes = document.errors.map(({ message, pos }): Mistake => {
    const { line, col } = lines.linePos(pos[0]);
    return {
      place: { file, line, column: col },
      message: `not valid YAML: ${message}`,
      fix: 'correct the syntax at this place',
    };
  });
  if (mistakes.length > 0) throw mistakesError(mistakes);
  const place = placeIn({ document, lines, file });
  try {
    return { file, value: document.toJS() ?? {}, place };
  } catch (error) {
    const message = `not readable: ${error instanceof Error ? error.message : String(error)}`;
    throw mistakesError([{ place: place([]), message, fix: 'write the values out instead of using aliases' }]);
  }
};
