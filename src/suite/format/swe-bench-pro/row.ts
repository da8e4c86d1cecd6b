import { z } from 'zod';
import { UserError } from '../../../domain/errors.ts';
import { parseLiteralList } from './literal-list.ts';

const list = z.string().transform((text, context) => {
  const items = parseLiteralList(text);
  if (items !== undefined) return items;
  context.addIssue({ code: 'custom', message: 'not a JSON or Python list of strings' });
  return z.NEVER;
});

/** Published texts are sometimes wrapped in a JSON string: `"…\n…"`. */
const text = z.string().transform((value) => {
  if (!value.startsWith('"')) return value;
  try {
    const inner: unknown = JSON.parse(value);
    return typeof inner === 'string' ? inner : value;
  } catch {
    return value;
  }
});

const emptyList = (): readonly string[] => [];

/** One row of SWE-bench Pro (the published column names), plus `log_parser`, `difficulty` and `tags` of ours. */
export const rowSchema = z.object({
  repo: z.string().min(1),
  instance_id: z.string().min(1),
  base_commit: z.string().regex(/^[0-9a-f]{40}$/, 'a commit id of 40 hexadecimal digits'),
  patch: z.string(),
  test_patch: z.string(),
  problem_statement: text,
  requirements: text.default(''),
  interface: text.default(''),
  repo_language: z.string().default('unknown'),
  fail_to_pass: list,
  pass_to_pass: list,
  issue_specificity: list.default(emptyList),
  issue_categories: list.default(emptyList),
  before_repo_set_cmd: z.string().default(''),
  selected_test_files_to_run: list,
  dockerhub_tag: z.string().default(''),
  log_parser: z.enum(['pytest', 'node-test', 'go-test']),
  difficulty: z.enum(['easy', 'medium', 'hard', 'unknown']).default('unknown'),
  tags: list.default(emptyList),
});

export type Row = z.infer<typeof rowSchema>;

/** Parses JSON lines into rows. Throws UserError with file:line. */
export const parseRows = (content: string, path: string): readonly Row[] =>
  content.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const where = `${path}:${index + 1}:1`;
    let raw: unknown;
    try {
      raw = JSON.parse(line);
    } catch (error) {
      throw new UserError(`this row is not JSON: ${error instanceof Error ? error.message : String(error)}`, {
        where,
        fix: 'one JSON object a line',
      });
    }
    const row = rowSchema.safeParse(raw);
    if (row.success) return [row.data];
    const issue = row.error.issues[0];
    throw new UserError(`row: ${issue?.path.join('.')}: ${issue?.message}`, {
      where,
      fix: 'see docs/suites.md for the columns of this format',
    });
  });

/** The instruction as the benchmark's own agents get it (its helper create_problem_statement). */
export const instructionOf = (row: Row): string =>
  [
    row.problem_statement.trim(),
    row.requirements.trim() && `Requirements:\n${row.requirements.trim()}`,
    row.interface.trim() && `New interfaces introduced:\n${row.interface.trim()}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
