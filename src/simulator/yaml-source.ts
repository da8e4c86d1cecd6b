import type { Document } from 'yaml';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { UserError } from '../domain/errors.ts';

type Issue = { readonly path: readonly PropertyKey[]; readonly message: string; readonly keys?: readonly string[] };

/** Offset in the text of the innermost node on an issue's path; an unknown key is pointed at itself. */
const offsetOf = (document: Document.Parsed, issue: Issue): number => {
  const path = [...issue.path, ...(issue.keys ?? []).slice(0, 1)];
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    const range = (node as { range?: readonly number[] | null } | undefined)?.range;
    if (range?.[0] !== undefined) return range[0];
  }
  return document.contents?.range?.[0] ?? 0;
};

const issuesOf = (error: z.ZodError): readonly Issue[] =>
  error.issues.map((issue) => ({
    path: issue.path,
    message: `${issue.path.length === 0 ? '' : `${issue.path.join('.')}: `}${issue.message}`,
    ...(issue.code === 'unrecognized_keys' ? { keys: issue.keys } : {}),
  }));

/** Reads YAML text by a schema; throws a UserError that lists each mistake as `file:line:column: what`. */
export const parseYaml = <Schema extends z.ZodType>(text: string, file: string, schema: Schema): z.output<Schema> => {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const at = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const [syntaxError] = document.errors;
  if (syntaxError !== undefined) {
    throw new UserError(`${at(syntaxError.pos[0])}: ${syntaxError.message.split('\n')[0]}`, { where: file });
  }
  const result = schema.safeParse(document.toJS());
  if (result.success) return result.data;
  const mistakes = issuesOf(result.error).map((issue) => `${at(offsetOf(document, issue))}: ${issue.message}`);
  throw new UserError(mistakes.join('\n'), { where: file });
};
