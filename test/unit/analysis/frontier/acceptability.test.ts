import { describe, expect, it } from 'vitest';
import { quickSummary, recordsOf, type ShortTrial } from '../../../support/selections.ts';

const tasks = ['1', '2', '3', '4'];
const rows: readonly ShortTrial[] = tasks.flatMap((task, place) => [
  ['fast', task, place < 2, 10] as const,
  ['right', task, place < 3, 60] as const,
]);

describe('worth the wait', () => {
  it('switches where another quarter of tasks solved pays for fifty seconds', async () => {
    const { acceptability } = await quickSummary(recordsOf(rows));
    expect(acceptability.preferences).toEqual([
      { contender: 'fast', fromMs: 0 },
      { contender: 'right', fromMs: 200_000 },
    ]);
  });

  it('gives every willingness shares that add up to one, from the fast one to the right one', async () => {
    const { acceptability } = await quickSummary(recordsOf(rows));
    for (const { shares } of acceptability.curve)
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    const [first, last] = [acceptability.curve[0]?.shares ?? [], acceptability.curve.at(-1)?.shares ?? []];
    expect(first[0]).toBe(1);
    expect(last[1] ?? 0).toBeGreaterThan(0.5);
  });
});
