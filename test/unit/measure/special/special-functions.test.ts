import fc from 'fast-check';
import jStat from 'jstat';
import { expect, test } from 'vitest';
import { binomialKernel } from '../../../../src/measure/special/binomial-kernel.ts';
import { bisect } from '../../../../src/measure/special/bisect.ts';
import { continuedFraction } from '../../../../src/measure/special/continued-fraction.ts';
import { incompleteBeta } from '../../../../src/measure/special/incomplete-beta.ts';
import { logGamma, stirlingError } from '../../../../src/measure/special/log-gamma.ts';

const shapes = fc.record({
  alpha: fc.double({ min: 0.3, max: 400, noNaN: true }),
  beta: fc.double({ min: 0.3, max: 400, noNaN: true }),
});

test('log-gamma knows factorials, √π and jstat', () => {
  expect(Math.exp(logGamma(0.5))).toBeCloseTo(Math.sqrt(Math.PI), 13);
  expect(logGamma(1)).toBeCloseTo(0, 14);
  expect(Math.exp(logGamma(11)) / 3_628_800).toBeCloseTo(1, 13);
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 1e6, noNaN: true }), (x) => {
      expect(Math.abs(logGamma(x) - jStat.gammaln(x))).toBeLessThan(1e-9 * Math.max(1, Math.abs(jStat.gammaln(x))));
    }),
  );
});

test('log-gamma refuses what it does not cover', () => {
  for (const x of [0, -1, Number.NaN]) expect(() => logGamma(x)).toThrow(RangeError);
});

test('the Stirling error is continuous where the series takes over', () => {
  expect(stirlingError(15 - 1e-9)).toBeCloseTo(stirlingError(15), 11);
});

test('the binomial kernel is exact against integer arithmetic', () => {
  // C(200,13)/2²⁰⁰ with big integers, rounded once.
  let choose = 1n;
  for (let i = 1n; i <= 13n; i++) choose = (choose * (200n - 13n + i)) / i;
  const exact = Number((choose * 10n ** 80n) / 2n ** 200n) / 1e80;
  expect(binomialKernel(13, 200, 0.5) / exact).toBeCloseTo(1, 12);
  expect(binomialKernel(0, 5, 0)).toBe(1);
  expect(binomialKernel(5, 5, 1)).toBe(1);
  expect(binomialKernel(1, 5, 0)).toBe(0);
});

test('the incomplete beta function agrees with jstat', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), shapes, (x, shape) => {
      expect(incompleteBeta(x, shape)).toBeCloseTo(jStat.ibeta(x, shape.alpha, shape.beta), 7);
    }),
  );
});

test('the incomplete beta function mirrors: I of x with (α, β) and of 1−x with (β, α) add up to 1', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), shapes, (x, { alpha, beta }) => {
      expect(incompleteBeta(x, { alpha, beta }) + incompleteBeta(1 - x, { alpha: beta, beta: alpha })).toBeCloseTo(
        1,
        11,
      );
    }),
  );
});

test('the incomplete beta function has closed forms at its edges', () => {
  expect(incompleteBeta(0, { alpha: 2, beta: 3 })).toBe(0);
  expect(incompleteBeta(1, { alpha: 2, beta: 3 })).toBe(1);
  expect(incompleteBeta(0.3, { alpha: 1, beta: 1 })).toBeCloseTo(0.3, 14);
  expect(incompleteBeta(0.3, { alpha: 4, beta: 1 })).toBeCloseTo(0.3 ** 4, 14);
  expect(incompleteBeta(0.5, { alpha: 50_000, beta: 50_000 })).toBeCloseTo(0.5, 12);
  // By Simpson's rule on u = xᵅ, where jstat is off in the ninth digit.
  expect(incompleteBeta(0.0029299933737497084, { alpha: 0.3, beta: 399.9991889442317 })).toBeCloseTo(
    0.93413178141056,
    11,
  );
  expect(() => incompleteBeta(1.1, { alpha: 1, beta: 1 })).toThrow(RangeError);
  expect(() => incompleteBeta(0.5, { alpha: 0, beta: 1 })).toThrow(RangeError);
});

test('1 + 1/(1 + 1/(1 + …)) is the golden ratio, and a fraction that does not settle is refused', () => {
  expect(continuedFraction(1, () => 1)).toBeCloseTo((1 + Math.sqrt(5)) / 2, 15);
  expect(() => continuedFraction(1, () => -1)).toThrow(RangeError);
});

test('bisection ends within one bit of the root, or at the end of the range', () => {
  expect(bisect((x) => x * x - 2, 0, 2)).toBe(Math.SQRT2);
  expect(bisect((x) => x - 5, 0, 2)).toBe(2);
  expect(bisect((x) => x + 5, 0, 2)).toBe(0);
});
