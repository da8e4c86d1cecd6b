import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TestStatus } from '../../../../src/domain/verdict.ts';
import { worstByName } from '../../../../src/verifier/parse/test-result.ts';

const statuses: readonly TestStatus[] = ['passed', 'skipped', 'failed', 'error'];

test('of several statuses of a name the worst counts, in any order', () => {
  const result = fc.record({ name: fc.constantFrom('a', 'b', 'c'), status: fc.constantFrom(...statuses) });
  fc.assert(
    fc.property(fc.array(result), (results) => {
      const worst = worstByName(results);
      expect(new Set(worst.map(({ name }) => name))).toEqual(new Set(results.map(({ name }) => name)));
      for (const { name, status } of worst) {
        const ranks = results.filter((each) => each.name === name).map((each) => statuses.indexOf(each.status));
        expect(statuses.indexOf(status)).toBe(Math.max(...ranks));
      }
    }),
  );
});

test('names stay in order of first appearance', () => {
  const results = worstByName([
    { name: 'b', status: 'passed' },
    { name: 'a', status: 'failed' },
    { name: 'b', status: 'error' },
  ]);
  expect(results).toEqual([
    { name: 'b', status: 'error' },
    { name: 'a', status: 'failed' },
  ]);
});
