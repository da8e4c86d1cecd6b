import type { TestResult } from '../../domain/verdict.ts';
import { worstByName } from './test-result.ts';

type GoEvent = { readonly Action: string; readonly Package: string; readonly Test?: string };

/** A line of `go test -json`; undefined for anything else, such as what a build tool prints in between. */
const eventOf = (line: string): GoEvent | undefined => {
  if (!line.startsWith('{')) return undefined;
  try {
    const { Action, Package, Test }: Record<string, unknown> = JSON.parse(line);
    if (typeof Action !== 'string' || typeof Package !== 'string') return undefined;
    return typeof Test === 'string' ? { Action, Package, Test } : { Action, Package };
  } catch {
    return undefined;
  }
};

const statusOf = { pass: 'passed', fail: 'failed', skip: 'skipped' } as const;

const isVerdict = (action: string): action is keyof typeof statusOf => Object.hasOwn(statusOf, action);

/**
 * Results of `go test -json`, named `import/path.TestName/subtest`. What tests print is wrapped in `output` events by the go
 * command, so no printed line can pass for an event. A test that began and never ended (a crash, a time-out) is an error; so is a
 * package that failed (a failed build, an exit code of TestMain), named by its import path alone.
 */
export const parseGoTest = (output: { readonly stdout: string; readonly stderr: string }): readonly TestResult[] => {
  const results: TestResult[] = [];
  const running = new Map<string, number>();
  for (const line of output.stdout.split('\n')) {
    const event = eventOf(line.trimEnd());
    if (event === undefined) continue;
    const { Action: action, Package: path, Test: test } = event;
    if (test === undefined) {
      if (action === 'fail') results.push({ name: path, status: 'error' });
      continue;
    }
    const name = `${path}.${test}`;
    if (action === 'run') running.set(name, (running.get(name) ?? 0) + 1);
    if (!isVerdict(action)) continue;
    running.set(name, (running.get(name) ?? 0) - 1);
    results.push({ name, status: statusOf[action] });
  }
  for (const [name, count] of running) if (count > 0) results.push({ name, status: 'error' });
  return worstByName(results);
};
