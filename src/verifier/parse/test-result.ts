import type { TestResult, TestStatus } from '../../domain/verdict.ts';

const badness: Readonly<Record<TestStatus, number>> = { passed: 0, skipped: 1, failed: 2, error: 3 };

/** One result a name, in order of first appearance; of several statuses of a name the worst counts: error, failed, skipped, passed. */
export const worstByName = (results: Iterable<TestResult>): readonly TestResult[] => {
  const statuses = new Map<string, TestStatus>();
  for (const { name, status } of results) {
    const earlier = statuses.get(name);
    if (earlier === undefined || badness[status] > badness[earlier]) statuses.set(name, status);
  }
  return [...statuses].map(([name, status]) => ({ name, status }));
};
