import { existsSync } from 'node:fs';
import { UserError } from '../domain/errors.ts';
import type { Suite, Task } from '../domain/task.ts';
import type { SuiteFormat } from './suite.ts';

/** A suite as asked for: where it is, and which of its tasks. Patterns are globs over task ids (`*`, `?`). */
export type SuiteRequest = {
  readonly path: string;
  readonly tasks?: readonly string[] | undefined;
  readonly tags?: readonly string[] | undefined;
};

/** A matcher for a glob of `*` and `?`. */
export const globMatcher = (pattern: string): ((text: string) => boolean) => {
  const expression = new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.')}$`,
  );
  return (text) => expression.test(text);
};

const chosen = (tasks: readonly Task[], request: SuiteRequest): readonly Task[] => {
  const matchers = request.tasks?.map(globMatcher);
  return tasks.filter(
    (task) =>
      (matchers === undefined || matchers.some((matches) => matches(task.id))) &&
      (request.tags === undefined || request.tags.some((tag) => task.tags.includes(tag))),
  );
};

/** Loads a suite by whichever format recognises it. Throws UserError when none does, or when a filter leaves nothing. */
export const loadSuite = async (request: SuiteRequest, formats: readonly SuiteFormat[]): Promise<Suite> => {
  if (!existsSync(request.path))
    throw new UserError(`there is no suite at ${request.path}`, {
      where: request.path,
      fix: 'give the path of a suite folder or of a single task folder',
    });
  for (const format of formats) {
    if (!(await format.recognises(request.path))) continue;
    const suite = await format.load(request.path);
    const tasks = chosen(suite.tasks, request);
    if (tasks.length > 0) return { ...suite, tasks };
    const why =
      suite.tasks.length > 0
        ? 'its filters leave no task'
        : `none of its tasks can be run: ${suite.unsupported.map(({ id, reason }) => `${id}: ${reason}`).join('; ')}`;
    throw new UserError(`suite ${suite.name}: ${why}`, {
      where: request.path,
      fix: 'change the filters, or give another suite',
    });
  }
  throw new UserError(`${request.path} is no suite of a known format`, {
    where: request.path,
    fix: `a suite is a folder of tasks with task.toml (harbor) or one with instances.jsonl (swe-bench-pro); known formats: ${formats.map(({ name }) => name).join(', ')}`,
  });
};
