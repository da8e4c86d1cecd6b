import type { z } from 'zod';
import { type CheckedWith, describeIssue } from './describe.ts';
import { type Mistake, mistakesError } from './mistake.ts';
import { openYaml } from './open.ts';
import { placeText } from './place.ts';

/** A checked document, and where in its file a path of keys stands. */
export type Parsed<Value> = { readonly value: Value; readonly place: (path: readonly PropertyKey[]) => string };

/** Checks a value of a YAML file; all that is wrong with it, or the value as its schema reads it. */
export const check = <Schema extends z.ZodType>(
  value: unknown,
  { schema, ...context }: Omit<CheckedWith, 'schema'> & { readonly schema: Schema },
): { readonly mistakes: readonly Mistake[]; readonly value?: z.output<Schema> } => {
  const checked = schema.safeParse(value, { reportInput: true });
  return checked.success
    ? { mistakes: [], value: checked.data }
    : { mistakes: checked.error.issues.flatMap((issue) => describeIssue(issue, { ...context, schema })) };
};

/** Parses YAML text against a schema. Throws UserError with every mistake, its file:line:column and what was probably meant. */
export const parseYaml = <Schema extends z.ZodType>(
  text: string,
  file: string,
  schema: Schema,
  options: { readonly reference?: string } = {},
): Parsed<z.output<Schema>> => {
  const source = openYaml(text, file);
  const { mistakes, value } = check(source.value, { schema, source, at: [], ...options });
  if (value === undefined) throw mistakesError(mistakes);
  return { value, place: (path) => placeText(source.place(path)) };
};
