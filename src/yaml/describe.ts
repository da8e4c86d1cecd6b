import type { z } from 'zod';
import { suggest } from '../domain/suggest.ts';
import { type Mistake, shown } from './mistake.ts';
import type { YamlSource } from './open.ts';

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

type Wording = { readonly message: string; readonly fix: string };

/** Where a form is chosen by a word, the keys of all its forms are known: a key that only stands in the wrong one is not meant. */
const unknownKey = (key: string, at: string, keys: readonly string[]): Wording => {
  const known = [...new Set(keys)].filter((one) => one !== key);
  const meant = suggest(key, known);
  return {
    message: `unknown key \`${shown(key)}\` in ${at}`,
    fix: meant === undefined ? `known keys here: ${known.join(', ')}` : `did you mean \`${meant}\`?`,
  };
};

const unknownValue = (input: unknown, at: string, values: readonly string[]): Wording => {
  const meant = suggest(String(input ?? ''), values);
  return {
    message: `\`${at}\` has an unknown value`,
    fix: `${meant === undefined ? '' : `did you mean ${meant}? `}one of: ${values.join(', ')}`,
  };
};

/** The word that should have chosen a form of an object, and the words that do. */
const choiceOf = (issue: Issue): { readonly word: unknown; readonly options: readonly string[] } | undefined => {
  if (issue.code !== 'invalid_union' || !('options' in issue) || !Array.isArray(issue.options)) return undefined;
  const { input, discriminator = '' } = issue as { readonly input?: unknown; readonly discriminator?: string };
  return { word: Object(input)[discriminator], options: issue.options.map(String) };
};

export type CheckedWith = {
  readonly source: YamlSource;
  readonly schema: z.ZodType;
  /** Where in the file the checked value stands. */
  readonly at: readonly PropertyKey[];
  /** The document that lists every key. */
  readonly reference?: string | undefined;
  /** Knows better than the schema how to mend the value at a path, or the unknown key there. */
  readonly mend?: ((path: readonly PropertyKey[], key?: string) => string | undefined) | undefined;
};

const mistakesIn = (issue: Issue, { source, schema, at, reference }: CheckedWith): readonly Mistake[] => {
  const path = [...at, ...issue.path];
  const name = shown(path.map(String).join('.')) || 'the file';
  const place = source.place(path);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      place: source.place(path, key),
      ...unknownKey(key, name, keysAt(schema, issue.path)),
    }));
  const { input } = issue as { readonly input?: unknown };
  if (input === undefined && issue.path.length > 0 && issue.code !== 'custom')
    return [{ place, message: `\`${name}\` is missing`, fix: `add \`${String(path.at(-1))}:\`` }];
  const chosenBy = choiceOf(issue);
  if (chosenBy !== undefined) return [{ place, ...unknownValue(chosenBy.word, name, chosenBy.options) }];
  if (issue.code === 'invalid_value') return [{ place, ...unknownValue(input, name, issue.values.map(String)) }];
  const more = reference === undefined ? '' : `; ${reference} lists every key`;
  return [{ place, message: `\`${name}\`: ${shown(issue.message)}`, fix: `correct \`${name}\`${more}` }];
};

/** The mistakes that one issue of a schema stands for: each with its place in the file and what was probably meant. */
export const describeIssue = (raw: Issue, context: CheckedWith): readonly Mistake[] => {
  const issue = deepest(raw);
  const keys = issue.code === 'unrecognized_keys' ? issue.keys : [];
  return mistakesIn(issue, context).map((mistake, index) => {
    const fix = context.mend?.(issue.path, keys[index]);
    return fix === undefined ? mistake : { ...mistake, fix };
  });
};
