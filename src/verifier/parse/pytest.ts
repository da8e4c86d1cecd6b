import type { TestResult, TestStatus } from '../../domain/verdict.ts';
import { worstByName } from './test-result.ts';

/** An expected failure proves nothing about the code, so it counts as skipped; an unexpected pass did pass. */
const statusOf = {
  PASSED: 'passed',
  XPASS: 'passed',
  FAILED: 'failed',
  ERROR: 'error',
  SKIPPED: 'skipped',
  XFAIL: 'skipped',
} as const satisfies Readonly<Record<string, TestStatus>>;

// All patterns have the flag s, as a name may hold a line separator of Unicode.
const words = Object.keys(statusOf).join('|');
const heading = /^=+ (.+?) =+$/s;
/** Of an id only the path and the parameter, which stands in brackets, may hold blanks. */
const id = '.*?::[^\\s\\[]+(?:\\[.*\\])?';
const outcome = `(${words})(?: \\(.*\\))?(?:\\s+\\[[^\\]]*\\])?`;
/** `tests/test_x.py::test_y[parameter] SKIPPED (reason)   [ 50%]`, or torn apart by what was logged in between. */
const progressLine = new RegExp(`^(${id}) ${outcome}$`, 's');
const progressBegin = new RegExp(`^(${id})(?: .*)?$`, 's');
const progressEnd = new RegExp(`^${outcome}$`, 's');
const summaryLine = new RegExp(`^(${words}) (.+)$`, 's');
/** The id in front of ` - message`, where no progress line tells how long it is. */
const idOfSummary = /^(.*?::[^\s[]+(?:\[.*?\])?|.+?)(?: - .*)?$/s;

const colour = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/**
 * Results of `pytest -rA`, better with `-v`, named by node id. Counted is what the short summary says; where there are progress
 * lines, which stand before anything that a test prints is shown, a test has passed only if they say so as well. Captured output
 * that imitates a summary stands before the real one, what is printed at exit after it: the last summary that agrees with the
 * progress lines is taken.
 */
export const parsePytest = (output: { readonly stdout: string; readonly stderr: string }): readonly TestResult[] => {
  const lines = output.stdout.replace(colour, '').split(/\r?\n/);
  const progress = new Map(worstByName(progressOf(lines)).map(({ name, status }) => [name, status]));
  const summaries = summariesOf(lines).map((summary) => resultsOf(summary, progress));
  const passed = [...progress].filter(([, status]) => status === 'passed').map(([name]) => name);
  const agrees = (summary: readonly TestResult[]) => {
    const inSummary = new Set(summary.filter(({ status }) => status === 'passed').map(({ name }) => name));
    return passed.every((name) => inSummary.has(name));
  };
  const summary = summaries.findLast(agrees) ?? summaries.at(-1) ?? [];
  if (progress.size === 0) return worstByName(summary);
  const notPassed = summary.filter(({ status }) => status !== 'passed');
  return worstByName([...confirmed(progress, summary), ...notPassed]);
};

/** The tests of the progress lines. One that passed by them alone did not, unless the summary lists no passed tests (no `-rA`). */
const confirmed = (
  progress: ReadonlyMap<string, TestStatus>,
  summary: readonly TestResult[],
): readonly TestResult[] => {
  const passed = new Set(summary.filter(({ status }) => status === 'passed').map(({ name }) => name));
  const isConfirmed = (name: string) => passed.size === 0 || passed.has(name);
  return [...progress].map(([name, status]) => ({
    name,
    status: status === 'passed' && !isConfirmed(name) ? 'error' : status,
  }));
};

function* progressOf(lines: readonly string[]): Generator<TestResult> {
  let begun: string | undefined;
  for (const line of lines) {
    const title = heading.exec(line)?.[1];
    if (title !== undefined && title !== 'test session starts') return;
    const [, name, word] = progressLine.exec(line) ?? [undefined, begun, progressEnd.exec(line)?.[1]];
    if (name !== undefined && isWord(word)) {
      yield { name, status: statusOf[word] };
      begun = undefined;
    } else begun = progressBegin.exec(line)?.[1] ?? begun;
  }
}

/** The lines below each heading `short test summary info`, up to the next heading. */
const summariesOf = (lines: readonly string[]): readonly (readonly string[])[] => {
  const summaries: string[][] = [];
  let current: string[] | undefined;
  for (const line of lines) {
    const title = heading.exec(line)?.[1];
    if (title === undefined) {
      current?.push(line);
      continue;
    }
    current = title === 'short test summary info' ? [] : undefined;
    if (current !== undefined) summaries.push(current);
  }
  return summaries;
};

const resultsOf = (summary: readonly string[], progress: ReadonlyMap<string, TestStatus>): readonly TestResult[] =>
  summary.flatMap((line) => {
    const [, word, rest] = summaryLine.exec(line) ?? [];
    // Skipped tests are folded there: `SKIPPED [2] tests/test_x.py:12: reason` names none of them.
    if (!isWord(word) || rest === undefined || word === 'SKIPPED') return [];
    return [{ name: idOf(rest, progress), status: statusOf[word] }];
  });

/** A message may look like the rest of an id and an id like a message: the longest id that ran and fits is the one. */
const idOf = (rest: string, progress: ReadonlyMap<string, TestStatus>): string => {
  for (let end = rest.length; end > 0; end = rest.lastIndexOf(' - ', end - 1)) {
    const candidate = rest.slice(0, end);
    if (progress.has(candidate)) return candidate;
  }
  return idOfSummary.exec(rest)?.[1] ?? rest;
};

const isWord = (word: string | undefined): word is keyof typeof statusOf =>
  word !== undefined && Object.hasOwn(statusOf, word);
