import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { makeSweSuite } from '../../../scripts/make-swe-suite.ts';

test('instances.jsonl is what the script makes of the sources; if not, run `node scripts/make-swe-suite.ts`', () => {
  const committed = readFileSync(new URL('../../../suites/swe/instances.jsonl', import.meta.url), 'utf8');
  const made = makeSweSuite();
  expect(made.split('\n').map((line) => line.slice(0, 120))).toEqual(
    committed.split('\n').map((line) => line.slice(0, 120)),
  );
  expect(made === committed).toBe(true);
});
