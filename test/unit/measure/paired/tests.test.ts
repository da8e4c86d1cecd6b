import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mcNemar } from '../../../../src/measure/paired/mcnemar.ts';
import { judgeNonInferiority } from '../../../../src/measure/paired/non-inferiority.ts';
import { signFlipTest } from '../../../../src/measure/paired/sign-flip.ts';

const count = fc.nat({ max: 200 });

test('McNemar: the order of the sides does not matter, and p-values are probabilities', () => {
  fc.assert(
    fc.property(count, count, (b, c) => {
      const result = mcNemar(b, c);
      expect(mcNemar(c, b)).toEqual(result);
      expect(result.midP).toBeLessThanOrEqual(result.exactP);
      for (const p of [result.exactP, result.midP]) expect(p >= 0 && p <= 1).toBe(true);
    }),
  );
});

test('McNemar: without a discordant pair there is no evidence', () => {
  expect(mcNemar(0, 0)).toEqual({
    exactP: 1,
    midP: 1,
    chiSquared: undefined,
    chiSquaredP: undefined,
    correctedChiSquared: undefined,
    correctedChiSquaredP: undefined,
  });
});

test('sign flips: no difference is no evidence, one-sided differences are the strongest', () => {
  expect(signFlipTest([], { seed: 1 }).pValue).toBe(1);
  expect(signFlipTest([0, 0, 0], { seed: 1 }).pValue).toBe(1);
  expect(signFlipTest([1, 2, 3, 4], { seed: 1 }).pValue).toBe(2 / 16);
});

test('sign flips: sums that are equal but for rounding count as equal', () => {
  // 0.1 + 0.2 − 0.3 is not 0 in floating point; all patterns are at least as extreme as a sum of nothing.
  expect(signFlipTest([0.1, 0.2, -0.3], { seed: 1 }).pValue).toBe(1);
});

test('sign flips: the sign and the order of the differences do not matter', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 10 }), (differences) => {
      const { pValue } = signFlipTest(differences, { seed: 1 });
      expect(signFlipTest(differences.map((d) => -d).reverse(), { seed: 1 }).pValue).toBe(pValue);
    }),
  );
});

test('sign flips: beyond 20 tasks seeded, repeatable, and close to the exact answer', () => {
  const twenty = Array.from({ length: 20 }, (_, i) => ((i * 7) % 11) - 4);
  const exact = signFlipTest(twenty, { seed: 1 });
  const seeded = signFlipTest([...twenty, 0], { seed: 1 });
  expect([exact.method, exact.looked, seeded.method, seeded.looked]).toEqual(['enumerated', 2 ** 20, 'seeded', 10_000]);
  expect(Math.abs(seeded.pValue - exact.pValue)).toBeLessThan(0.02);
  expect(signFlipTest([...twenty, 0], { seed: 1 })).toEqual(seeded);
  expect(signFlipTest([...twenty, 0], { seed: 2 }).extreme).not.toBe(seeded.extreme);
  expect(seeded.pValue).toBe((1 + seeded.extreme) / 10_001);
});

test('non-inferiority: proven, refuted or open, and a bound on the margin proves nothing', () => {
  expect(judgeNonInferiority({ lowerBound: -0.01, upperBound: 0.05 }, 0.02)).toBe('pass');
  expect(judgeNonInferiority({ lowerBound: -0.09, upperBound: -0.03 }, 0.02)).toBe('fail');
  expect(judgeNonInferiority({ lowerBound: -0.09, upperBound: 0.03 }, 0.02)).toBe('inconclusive');
  expect(judgeNonInferiority({ lowerBound: -0.02, upperBound: -0.02 }, 0.02)).toBe('inconclusive');
});
