import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../../../../src/measure/random/random.ts';
import { shuffled } from '../../../../src/measure/random/shuffle.ts';

test('an order of the same items, the same for the same seed', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.nat(), (items, seed) => {
      const once = shuffled(items, createRandom(seed));
      expect([...once].sort()).toEqual([...items].sort());
      expect(shuffled(items, createRandom(seed))).toEqual(once);
    }),
  );
});

test('each of the six orders of three items about equally often', () => {
  const random = createRandom(7);
  const orders = Map.groupBy(
    Array.from({ length: 6000 }, () => shuffled(['a', 'b', 'c'], random).join('')),
    (order) => order,
  );
  expect(orders.size).toBe(6);
  for (const drawn of orders.values()) expect(Math.abs(drawn.length - 1000)).toBeLessThan(120);
});
