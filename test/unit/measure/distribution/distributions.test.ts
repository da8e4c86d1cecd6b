import fc from 'fast-check';
import jStat from 'jstat';
import { expect, test } from 'vitest';
import { betaQuantile } from '../../../../src/measure/distribution/beta.ts';
import { binomialCdf, binomialProbability } from '../../../../src/measure/distribution/binomial.ts';
import { chiSquaredTail } from '../../../../src/measure/distribution/chi-squared.ts';
import { hypergeometricProbability } from '../../../../src/measure/distribution/hypergeometric.ts';
import { normalCdf, normalQuantile, twoSidedZ } from '../../../../src/measure/distribution/normal.ts';
import { studentTCdf, studentTQuantile, twoSidedT } from '../../../../src/measure/distribution/student-t.ts';
import { incompleteBeta } from '../../../../src/measure/special/incomplete-beta.ts';

const probability = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
const freedom = fc.double({ min: 0.5, max: 2000, noNaN: true });

test('normal: agrees with jstat, is symmetric, and its quantile undoes it', () => {
  fc.assert(
    fc.property(fc.double({ min: -8, max: 8, noNaN: true }), (z) => {
      expect(normalCdf(z)).toBeCloseTo(jStat.normal.cdf(z, 0, 1), 11);
      expect(normalCdf(z) + normalCdf(-z)).toBeCloseTo(1, 14);
    }),
  );
  fc.assert(
    fc.property(probability, (p) => {
      expect(Math.abs(normalCdf(normalQuantile(p)) - p)).toBeLessThan(1e-14);
    }),
  );
});

test('normal: far tails keep their digits', () => {
  // ½·erfc(10/√2) and ½·erfc(30/√2) by the C library.
  expect(normalCdf(-10) / 7.61985302416059e-24).toBeCloseTo(1, 12);
  expect(normalCdf(-30) / 4.90671392714876e-198).toBeCloseTo(1, 12);
  expect(normalCdf(normalQuantile(1e-200)) / 1e-200).toBeCloseTo(1, 10);
});

test('normal: the ends of the range', () => {
  expect(normalCdf(Number.NEGATIVE_INFINITY)).toBe(0);
  expect(normalCdf(Number.POSITIVE_INFINITY)).toBe(1);
  expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
  expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
  expect(normalQuantile(0.5)).toBe(0);
  expect(() => normalQuantile(1.01)).toThrow(RangeError);
  expect(twoSidedZ(0.95)).toBeCloseTo(1.959963984540054, 14);
});

test('t: closed forms for 1 and 2 degrees of freedom', () => {
  fc.assert(
    fc.property(fc.double({ min: -50, max: 50, noNaN: true }), (t) => {
      expect(studentTCdf(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 12);
      expect(studentTCdf(t, 2)).toBeCloseTo(0.5 + t / (2 * Math.sqrt(2 + t * t)), 12);
    }),
  );
});

test('t: agrees with jstat, and its quantile undoes it', () => {
  fc.assert(
    fc.property(fc.double({ min: -20, max: 20, noNaN: true }), freedom, (t, df) => {
      expect(studentTCdf(t, df)).toBeCloseTo(jStat.studentt.cdf(t, df), 6);
    }),
  );
  fc.assert(
    fc.property(
      fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      fc.double({ min: 1, max: 2000, noNaN: true }),
      (p, df) => {
        expect(studentTCdf(studentTQuantile(p, df), df)).toBeCloseTo(p, 12);
      },
    ),
  );
});

test('t: its ends, and no degree of freedom at all', () => {
  expect(studentTCdf(Number.NEGATIVE_INFINITY, 3)).toBe(0);
  expect(studentTQuantile(0, 3)).toBe(Number.NEGATIVE_INFINITY);
  expect(studentTQuantile(1, 3)).toBe(Number.POSITIVE_INFINITY);
  expect(twoSidedT(0.95, 0)).toBe(Number.POSITIVE_INFINITY);
  expect(twoSidedT(0.95, 1e7)).toBeCloseTo(twoSidedZ(0.95), 5);
  expect(() => studentTQuantile(-0.1, 3)).toThrow(RangeError);
});

test('beta: its quantile undoes the incomplete beta function and agrees with jstat', () => {
  const shape = fc.double({ min: 0.5, max: 500, noNaN: true });
  fc.assert(
    fc.property(fc.double({ min: 0.005, max: 0.995, noNaN: true }), shape, shape, (p, alpha, beta) => {
      const x = betaQuantile(p, { alpha, beta });
      expect(incompleteBeta(x, { alpha, beta })).toBeCloseTo(p, 10);
      expect(x).toBeCloseTo(jStat.beta.inv(p, alpha, beta), 5);
    }),
  );
});

test('binomial: probabilities add up, to the cumulative ones and to 1', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (n, p) => {
      let total = 0;
      for (let k = 0; k <= n; k++) {
        total += binomialProbability(k, n, p);
        if (k % 17 === 0) expect(binomialCdf(k, n, p)).toBeCloseTo(total, 11);
      }
      expect(total).toBeCloseTo(1, 12);
    }),
    { numRuns: 40 },
  );
  expect(binomialCdf(-1, 5, 0.5)).toBe(0);
  expect(binomialCdf(5, 5, 0.5)).toBe(1);
  expect(binomialProbability(6, 5, 0.5)).toBe(0);
});

test('hypergeometric: agrees with jstat and adds up to 1', () => {
  const sizes = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }), fc.nat({ max: 120 }));
  fc.assert(
    fc.property(
      sizes.filter(([marked, unmarked, drawn]) => drawn <= marked + unmarked && marked + unmarked > 0),
      ([marked, unmarked, drawn]) => {
        let total = 0;
        for (let k = 0; k <= marked; k++) total += hypergeometricProbability(k, { marked, unmarked, drawn });
        expect(total).toBeCloseTo(1, 12);
      },
    ),
  );
  expect(hypergeometricProbability(7, { marked: 20, unmarked: 30, drawn: 12 })).toBeCloseTo(
    jStat.hypgeom.pdf(7, 50, 20, 12),
    10,
  );
});

test('χ² with one degree of freedom: agrees with jstat', () => {
  for (const x of [0, 0.5, 3.841458820694124, 17.36])
    expect(chiSquaredTail(x)).toBeCloseTo(1 - jStat.chisquare.cdf(x, 1), 8);
});
