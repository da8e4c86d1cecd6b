import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reductionOf } from '../../../../src/probe/latency/reduction.ts';

const pairs = (base: readonly number[], factor: number) =>
  base.map((value) => ({ base: value, other: value * factor }));

describe('a reduction', () => {
  it('is that of every pair, whatever the size of the pairs', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 6, maxLength: 40 }),
        fc.double({ min: 0.01, max: 3, noNaN: true }),
        (base, factor) => {
          const found = reductionOf(pairs(base, factor));
          expect(found?.reduction).toBeCloseTo(1 - factor, 9);
          expect(found?.low).toBeCloseTo(1 - factor, 9);
          expect(found?.high).toBeCloseTo(1 - factor, 9);
        },
      ),
    );
  });

  it('is not moved by a call that a busy machine delayed', () => {
    const found = reductionOf([...pairs([100, 100, 100, 100, 100, 100, 100], 0.5), { base: 100, other: 900 }]);
    expect(found).toMatchObject({ reduction: 0.5, pairs: 8 });
    expect(found?.low).toBeLessThan(0);
  });

  it('has no interval below six pairs, and does not exist without a pair', () => {
    expect(reductionOf(pairs([1, 2, 3, 4, 5], 0.5))).toMatchObject({ low: undefined, high: undefined, pairs: 5 });
    expect(reductionOf([{ base: undefined, other: 3 }])).toBeUndefined();
    expect(reductionOf([])).toBeUndefined();
  });

  it('is not claimed where half of the bases or more are no positive amount', () => {
    const noise = [-1, -2, 1, 2].map((base) => ({ base, other: 1 }));
    expect(reductionOf(noise)).toBeUndefined();
    expect(reductionOf([...noise, { base: 4, other: 1 }])?.pairs).toBe(3);
  });
});
