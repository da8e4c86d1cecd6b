import { expect, test } from 'vitest';
import { spreadOf } from '../../../src/probe/spread.ts';

test('leaves out what is unknown, and says no more than the sample supports', () => {
  expect(spreadOf([undefined, 3, 1, 2])).toEqual({
    n: 3,
    median: 2,
    low: undefined,
    high: undefined,
    p95: undefined,
    max: 3,
  });
  expect(spreadOf([])).toEqual({
    n: 0,
    median: undefined,
    low: undefined,
    high: undefined,
    p95: undefined,
    max: undefined,
  });
  const twenty = Array.from({ length: 20 }, (_, index) => index + 1);
  expect(spreadOf(twenty)).toEqual({ n: 20, median: 10.5, low: 6, high: 15, p95: expect.closeTo(19.05, 9), max: 20 });
});
