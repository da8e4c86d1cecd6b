import fc from 'fast-check';
import { expect, test } from 'vitest';
import { benjaminiHochberg, holm } from '../../../../src/measure/multiplicity/adjusted-p.ts';

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 });

test('p ≤ Benjamini–Hochberg ≤ Holm ≤ Bonferroni, and none above 1', () => {
  fc.assert(
    fc.property(pValues, (list) => {
      const byHolm = holm(list);
      const byRate = benjaminiHochberg(list);
      for (const [i, p] of list.entries()) {
        const [h = Number.NaN, b = Number.NaN] = [byHolm[i], byRate[i]];
        expect(b).toBeGreaterThanOrEqual(p * (1 - 1e-12));
        expect(h).toBeGreaterThanOrEqual(b * (1 - 1e-12));
        expect(h).toBeLessThanOrEqual(Math.min(1, list.length * p) * (1 + 1e-12));
      }
    }),
  );
});

test('adjustment keeps the order of the list and does not depend on it', () => {
  fc.assert(
    fc.property(pValues, (list) => {
      for (const adjust of [holm, benjaminiHochberg]) expect(adjust(list.toReversed())).toEqual(adjust(list).reverse());
    }),
  );
  expect(holm([0.04, 0.01])).toEqual([0.04, 0.02]);
  expect(benjaminiHochberg([0.04, 0.01])).toEqual([0.04, 0.02]);
  expect(holm([])).toEqual([]);
});
