import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fisherExact } from '../../../../src/measure/independent/fisher-exact.ts';
import { probabilityBetter } from '../../../../src/measure/independent/probability-better.ts';

const counts = fc
  .tuple(fc.integer({ min: 1, max: 80 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([trials, share]) => ({ trials, successes: Math.round(share * trials) }));

test('Fisher’s exact test on the lady tasting tea, and on a table of his with p = 0.0005367', () => {
  expect(fisherExact({ successes: 3, trials: 4 }, { successes: 1, trials: 4 })).toBeCloseTo(34 / 70, 12);
  // Criminal twins (Fisher 1935): 2 of 17 against 10 of 13.
  expect(fisherExact({ successes: 2, trials: 17 }, { successes: 10, trials: 13 })).toBeCloseTo(0.0005367241, 9);
});

test('Fisher’s p-value does not depend on the order of the arms nor on what is called success', () => {
  fc.assert(
    fc.property(counts, counts, (a, b) => {
      const p = fisherExact(a, b);
      const failures = ({ successes, trials }: typeof a) => ({ successes: trials - successes, trials });
      expect(p).toBeGreaterThan(0);
      expect(p).toBeLessThanOrEqual(1);
      expect(fisherExact(b, a)).toBeCloseTo(p, 9);
      expect(fisherExact(failures(a), failures(b))).toBeCloseTo(p, 9);
    }),
  );
});

test('either arm is better with a total probability of 1', () => {
  fc.assert(
    fc.property(counts, counts, (a, b) => {
      expect(probabilityBetter(a, b) + probabilityBetter(b, a)).toBeCloseTo(1, 9);
    }),
  );
  expect(probabilityBetter({ successes: 1, trials: 1 }, { successes: 0, trials: 1 })).toBeCloseTo(5 / 6, 12);
});
