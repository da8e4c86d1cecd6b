import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { UserError } from '../../domain/errors.ts';
import { suggest } from '../../domain/suggest.ts';
import { placeOf } from './yaml-place.ts';

/** The keys that a strict object schema knows at a path; used to guess what was meant. */
const keysAt = (schema: unknown, path: readonly PropertyKey[]): readonly string[] => {
  if (typeof schema !== 'object' || schema === null) return [];
  const definition = (schema as { def?: Record<string, unknown> }).def ?? {};
  const inner = definition.innerType ?? definition.in;
  if (inner !== undefined) return keysAt(inner, path);
  if (Array.isArray(definition.options)) return definition.options.flatMap((option) => keysAt(option, path));
  const [head, ...rest] = path;
  const shape = definition.shape as Record<string, unknown> | undefined;
  if (shape !== undefined) return head === undefined ? Object.keys(shape) : keysAt(shape[String(head)], rest);
  return head === undefined ? [] : keysAt(definition.valueType ?? definition.element, rest);
};

type Issue = z.core.$ZodIssue;

/** A union's own message is "invalid input"; the branch that came furthest says more. */
const deepest = (issue: Issue): Issue => {
  if (issue.code !== 'invalid_union') return issue;
  const branches = issue.errors.flat().map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }) as Issue);
  const ranked = branches.sort(
    (left, right) =>
      right.path.length - left.path.length ||
      Number(right.code === 'unrecognized_keys') - Number(left.code === 'unrecognized_keys'),
  );
  return ranked[0] === undefined ? issue : deepest(ranked[0]);
};

const describe = (issue: Issue, schema: z.ZodType): { readonly message: string; readonly fix: string } => {
  const at = issue.path.join('.') || 'the file';
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const known = keysAt(schema, issue.path);
    const meant = suggest(key, known);
    return {
      message: `unknown key \`${key}\` in ${at}`,
      fix: meant === undefined ? `known keys here: ${known.join(', ')}` : `did you mean \`${meant}\`?`,
    };
  }
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String);
    const meant = suggest(String((issue as { input?: unknown }).input ?? ''), values);
    return {
      message: `\`${at}\` has an unknown value`,
      fix: `${meant === undefined ? '' : `did you mean ${meant}? `}one of: ${values.join(', ')}`,
    };
  }
  return { message: `\`${at}\`: ${issue.message}`, fix: `correct \`${at}\`; docs/configuration.md lists every key` };
};

/** A checked document, and where in its file a path of keys stands. */
export type Parsed<Value> = { readonly value: Value; readonly place: (path: readonly PropertyKey[]) => string };

/** Parses YAML text against a schema. Throws UserError at the first mistake, with file:line:column and what was probably meant. */
export const parseYaml = <Schema extends z.ZodType>(
  text: string,
  file: string,
  schema: Schema,
): Parsed<z.output<Schema>> => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const syntax = document.errors[0];
  if (syntax !== undefined) {
    const position = lines.linePos(syntax.pos[0]);
    throw new UserError(`not valid YAML: ${syntax.message}`, {
      where: `${file}:${position.line}:${position.col}`,
      fix: 'correct the syntax at this place',
    });
  }
  const checked = schema.safeParse(document.toJS() ?? {}, { reportInput: true });
  if (checked.success) return { value: checked.data, place: (path) => placeOf(path, { document, lines, file }) };
  const issue = deepest(checked.error.issues[0] as Issue);
  const onKey = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const { message, fix } = describe(issue, schema);
  throw new UserError(message, { where: placeOf(issue.path, { document, lines, file, onKey }), fix });
};
