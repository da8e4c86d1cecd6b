import { expect, it } from 'vitest';
import { speedUpAtMatchedAccuracy } from '../../../../src/analysis/curve/matched-accuracy.ts';
import type { SolvedCurve } from '../../../../src/analysis/curve/solved-by-time.ts';

const curve = (...steps: readonly (readonly [time: number, value: number])[]): SolvedCurve => ({
  contender: 'a',
  band: [],
  curve: { initial: 0, steps: steps.map(([time, value]) => ({ time, value })) },
});

it('compares times to the highest share that both reach, not to where each of them ends', () => {
  const fast = curve([5, 0.2], [10, 0.5]);
  const slow = curve([20, 0.3], [30, 0.5], [90, 0.9]);
  expect(speedUpAtMatchedAccuracy(fast, slow)).toEqual({ share: 0.5, fastMs: 10, slowMs: 30, ratio: 3 });
});

it('says nothing where one of them never solves anything', () => {
  expect(speedUpAtMatchedAccuracy(curve(), curve([1, 1]))).toBeUndefined();
});
