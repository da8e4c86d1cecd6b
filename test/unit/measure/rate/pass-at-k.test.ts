import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meanPassAtK, meanPassHatK, passAtK, passHatK } from '../../../../src/measure/rate/pass-at-k.ts';

const counts = fc
  .integer({ min: 1, max: 9 })
  .chain((attempts) => fc.record({ attempts: fc.constant(attempts), resolved: fc.integer({ min: 0, max: attempts }) }));

/** Looks at every choice of k attempts. */
function bySubsets({ attempts, resolved }: { attempts: number; resolved: number }, k: number) {
  let chosen = 0;
  let any = 0;
  let all = 0;
  for (let bits = 0; bits < 2 ** attempts; bits++) {
    const members = Array.from({ length: attempts }, (_, i) => i).filter((i) => (bits >> i) & 1);
    if (members.length !== k) continue;
    chosen++;
    if (members.some((i) => i < resolved)) any++;
    if (members.every((i) => i < resolved)) all++;
  }
  return { any: any / chosen, all: all / chosen };
}

test('both are the shares of all choices of k attempts', () => {
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 9 }), (count, k) => {
      if (count.attempts < k) {
        expect([passAtK(count, k), passHatK(count, k)]).toEqual([undefined, undefined]);
        return;
      }
      const { any, all } = bySubsets(count, k);
      expect(passAtK(count, k)).toBeCloseTo(any, 12);
      expect(passHatK(count, k)).toBeCloseTo(all, 12);
    }),
  );
});

test('large counts do not overflow', () => {
  expect(passAtK({ attempts: 100_000, resolved: 1 }, 50_000)).toBeCloseTo(0.5, 9);
});

test('a suite is undefined as soon as one task has too few attempts, and when it is empty', () => {
  const tasks = [
    { attempts: 5, resolved: 3 },
    { attempts: 4, resolved: 4 },
  ];
  expect(meanPassAtK(tasks, 4)).toBe(1);
  expect(meanPassAtK(tasks, 5)).toBeUndefined();
  expect(meanPassHatK(tasks, 5)).toBeUndefined();
  expect(meanPassHatK([], 1)).toBeUndefined();
});

test('k must be a positive integer', () => {
  for (const k of [0, -1, 1.5]) expect(() => passAtK({ attempts: 5, resolved: 1 }, k)).toThrow(RangeError);
});
