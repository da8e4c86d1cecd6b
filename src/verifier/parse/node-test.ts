import type { TestResult, TestStatus } from '../../domain/verdict.ts';
import { worstByName } from './test-result.ts';

type PathResult = { readonly path: readonly string[]; readonly status: TestStatus };

// With the flag s, as a name may hold a line separator of Unicode.
const fileLine = /^@@ file: (.+)$/s;
const testLine = /^( *)(not )?ok \d+(?: - (.*))?$/s;
/** `#` inside of a name is escaped, so a bare one begins a directive. */
const directive = / # (?:SKIP|TODO)(?: .*)?$/s;
const indentOfLevel = 4;
const separator = ' > ';

/**
 * Results of `node --test --test-reporter=tap`, named `describe > test`. Below a line `@@ file: PATH`, which a run script prints
 * because TAP names no file for tests that passed, they are named `PATH > describe > test`; a file that could not be run, or that
 * holds no test, is named by PATH alone. What tests print cannot pass for a result: TAP puts `# ` in front of it, and error texts
 * stand in indented blocks, which are skipped. Skipped and to-do tests count as skipped, whether they ran or not.
 */
export const parseNodeTest = (output: { readonly stdout: string; readonly stderr: string }): readonly TestResult[] => {
  const results: TestResult[] = [];
  let file: string | undefined;
  // Children stand before their parent: they wait here, by depth, until the line of their parent names it.
  let waiting: PathResult[][] = [];
  let endOfBlock: string | undefined;
  const closeFile = () => {
    for (const result of waiting[0] ?? []) results.push(named(result, file));
    waiting = [];
  };
  for (const line of output.stdout.split(/\r?\n/)) {
    if (endOfBlock !== undefined) {
      if (line === endOfBlock) endOfBlock = undefined;
      continue;
    }
    if (line.trimStart() === '---') endOfBlock = line.replace('---', '...');
    const nextFile = fileLine.exec(line)?.[1];
    if (nextFile !== undefined) {
      closeFile();
      file = nextFile;
    }
    const test = testOf(line);
    if (test !== undefined) adopt(waiting, test);
  }
  closeFile();
  return worstByName(results);
};

const testOf = (line: string): { depth: number; name: string; status: TestStatus } | undefined => {
  const match = testLine.exec(line);
  if (match === null) return undefined;
  const [, indent = '', not, text = ''] = match;
  const depth = indent.length / indentOfLevel;
  if (!Number.isInteger(depth)) return undefined;
  const name = text.replace(directive, '').replace(/\\([\\#])/g, '$1');
  const status = directive.test(text) ? 'skipped' : not === undefined ? 'passed' : 'failed';
  return { depth, name, status };
};

/** Puts a test among those that wait at its depth, and its name in front of the children that waited for it. */
const adopt = (
  waiting: PathResult[][],
  { depth, name, status }: { depth: number; name: string; status: TestStatus },
): void => {
  const siblings = waiting[depth] ?? [];
  for (const child of waiting[depth + 1] ?? []) siblings.push({ ...child, path: [name, ...child.path] });
  siblings.push({ path: [name], status });
  waiting[depth] = siblings;
  waiting.length = depth + 1;
};

/** Node names a file that it could not run by its absolute path, as if it were a test. */
const named = ({ path, status }: PathResult, file: string | undefined): TestResult => {
  if (file === undefined) return { name: path.join(separator), status };
  const isFile = path.length === 1 && (path[0] === file || path[0]?.endsWith(`/${file}`));
  if (!isFile) return { name: [file, ...path].join(separator), status };
  return { name: file, status: status === 'failed' ? 'error' : status };
};
