import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom, xoshiro128 } from '../../../../src/measure/random/random.ts';

const draw = <T>(n: number, next: () => T) => Array.from({ length: n }, next);

test('the bare generator gives the outputs of the authors’ reference program', () => {
  const next = xoshiro128([1, 2, 3, 4]);
  expect(draw(10, next)).toEqual([
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
  ]);
  expect(draw(1_000_000 - 10, next).at(-1)).toBe(3457443141);
});

test('a seed and a stream name give the same numbers on every machine', () => {
  const random = createRandom(20260101, 'tasks');
  expect(draw(6, random.uint32)).toEqual([1411405706, 3292939285, 621557570, 3132243777, 272536113, 251169572]);
  expect(draw(8, () => random.below(89))).toEqual([67, 22, 9, 6, 74, 36, 4, 18]);
  expect(random.uniform()).toBe(0.6166537128596);
});

test('other seeds and other names give other numbers, up to the last of 53 bits', () => {
  const firsts = [
    createRandom(1),
    createRandom(2),
    createRandom(2 ** 32 + 1),
    createRandom(2 ** 53 - 1),
    createRandom(1, 'a'),
    createRandom(1, 'b'),
  ].map(({ uint32 }) => draw(4, uint32).join());
  expect(new Set(firsts).size).toBe(firsts.length);
  for (const seed of [-1, 0.5, 2 ** 53, Number.NaN]) expect(() => createRandom(seed)).toThrow(RangeError);
});

test('integers below a bound stay below it and are evenly spread', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 21 }), fc.nat(), (bound, seed) => {
      const random = createRandom(seed);
      for (const x of draw(20, () => random.below(bound))) {
        expect(Number.isInteger(x) && x >= 0 && x < bound).toBe(true);
      }
    }),
  );
  const random = createRandom(3);
  const counts = [0, 0, 0, 0, 0, 0, 0];
  for (const x of draw(70_000, () => random.below(7))) counts[x] = (counts[x] ?? 0) + 1;
  // 10,000 expected each; 4 standard deviations are 370.
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(370);
  for (const bound of [0, 1.5, 2 ** 21 + 1]) expect(() => random.below(bound)).toThrow(RangeError);
});

test('uniform numbers lie in [0, 1) around ½', () => {
  const random = createRandom(4);
  const numbers = draw(40_000, random.uniform);
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  expect(numbers.reduce((total, x) => total + x, 0) / numbers.length).toBeCloseTo(0.5, 2);
});
