import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, suggest } from '../../../src/domain/suggest.ts';

describe('editDistance', () => {
  it('is zero only for equal words, symmetric, and at most the longer length', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (left, right) => {
        const distance = editDistance(left, right);
        expect(distance === 0).toBe(left === right);
        expect(distance).toBe(editDistance(right, left));
        expect(distance).toBeLessThanOrEqual(Math.max(left.length, right.length));
      }),
    );
  });

  it('counts a swap as one edit', () => expect(editDistance('teir', 'tier')).toBe(1));
});

describe('suggest', () => {
  it('suggests what was probably meant, and nothing when nothing is near', () => {
    expect(suggest('endponts', ['endpoints', 'contenders'])).toBe('endpoints');
    expect(suggest('zzz', ['endpoints', 'contenders'])).toBeUndefined();
  });
});
