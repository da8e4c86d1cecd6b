import { describe, expect, it } from 'vitest';
import { quickSummary, recordsOf } from '../../../support/selections.ts';

/** Fast solves half of task 1 and none of task 2 in 10 s; right solves all of task 1 and half of task 2 in 40 s. */
const summary = () =>
  quickSummary(
    recordsOf([
      ['fast', '1', true, 10],
      ['fast', '1', false, 10],
      ['fast', '2', false, 10],
      ['fast', '2', false, 10],
      ['right', '1', true, 40],
      ['right', '1', true, 40],
      ['right', '2', true, 40],
      ['right', '2', false, 40],
    ]),
  );

describe('what-if combinations', () => {
  it('try the fast one first and the other where it fails, task by task', async () => {
    const composites = (await summary()).choice?.composites ?? [];
    // Task 1: ½ + ½·1 in 10 + ½·40 s; task 2: 0 + 1·½ in 10 + 40 s.
    expect(composites[0]).toMatchObject({
      kind: 'cascade',
      fast: 'fast',
      right: 'right',
      passRate: 0.75,
      meanMs: 40_000,
    });
  });

  it('try the fast one again within the time of the other, and never pool tasks', async () => {
    const composites = (await summary()).choice?.composites ?? [];
    // Four attempts fit. Task 1: 1 − ½⁴ with 1.875 attempts expected; task 2 stays unsolved after four.
    expect(composites[1]).toMatchObject({
      kind: 'best-of',
      attempts: 4,
      passRate: (1 - 0.5 ** 4) / 2,
      meanMs: ((1.875 + 4) / 2) * 10_000,
    });
  });

  it('leave out the second where no second attempt fits', async () => {
    const { choice } = await quickSummary(
      recordsOf([
        ['fast', '1', false, 10],
        ['right', '1', true, 15],
      ]),
    );
    expect(choice?.composites.map(({ kind }) => kind)).toEqual(['cascade']);
  });
});
