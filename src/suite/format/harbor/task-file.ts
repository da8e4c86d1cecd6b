import { parse, TomlError } from 'smol-toml';
import { UserError } from '../../../domain/errors.ts';
import { type TaskFile, taskFileSchema } from './schema.ts';

/** Line of the last key of a TOML path, found by its text; 1 when not found. */
const lineOf = (text: string, path: readonly PropertyKey[]): number => {
  const key = String(path.at(-1) ?? '');
  const index = text.split('\n').findIndex((line) => new RegExp(`^\\s*(\\[+.*)?${key}\\b`).test(line));
  return index + 1 || 1;
};

/** Parses and checks a task.toml. Throws UserError with file:line:column. */
export const parseTaskFile = (text: string, path: string): TaskFile => {
  let raw: unknown;
  try {
    raw = parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw new UserError(`this task.toml is not valid TOML: ${error.message.split('\n')[0]}`, {
      where: `${path}:${error.line}:${error.column}`,
      fix: 'correct the syntax at this place',
    });
  }
  const checked = taskFileSchema.safeParse(raw);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  const key = issue?.path.join('.') ?? '';
  throw new UserError(`task.toml: ${key}: ${issue?.message ?? 'invalid'}`, {
    where: `${path}:${lineOf(text, issue?.path ?? [])}:1`,
    fix: `correct \`${key}\` (Harbor task format 1.0 to 1.4)`,
  });
};
