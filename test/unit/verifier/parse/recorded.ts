import { readFileSync } from 'node:fs';
import type { TestResult, TestStatus } from '../../../../src/domain/verdict.ts';

/** What a runner printed in `fixtures/test-logs/<runner>`. */
export const recorded = (runner: string): { readonly stdout: string; readonly stderr: string } => ({
  stdout: readFileSync(new URL(`../../../../fixtures/test-logs/${runner}/stdout.txt`, import.meta.url), 'utf8'),
  stderr: '',
});

/** The names of a status, in the order of the results. */
export const namesOf = (results: readonly TestResult[], status: TestStatus): readonly string[] =>
  results.filter((result) => result.status === status).map(({ name }) => name);
