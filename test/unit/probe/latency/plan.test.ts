import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellsOf, costOf, planProbe } from '../../../../src/probe/latency/plan.ts';

const sizes = fc.record({
  promptTokens: fc.uniqueArray(fc.integer({ min: 1, max: 1e5 }), { maxLength: 4 }),
  outputTokens: fc.uniqueArray(fc.integer({ min: 1, max: 1e4 }), { maxLength: 3 }),
  streams: fc.uniqueArray(fc.integer({ min: 1, max: 64 }), { maxLength: 3 }),
});
const arms = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 4 });

describe('the plan of a latency probe', () => {
  it('visits every cell at every arm once a round, all arms side by side', () => {
    fc.assert(
      fc.property(sizes, arms, fc.integer({ min: 1, max: 5 }), fc.nat(), (asked, names, rounds, seed) => {
        const cells = cellsOf(asked);
        const plan = planProbe(cells, { arms: names, rounds, seed });
        const visits = plan.map(({ round, cell, arm }) => `${round} ${cell.id} ${arm}`);
        const expected = Array.from({ length: rounds }, (_, round) =>
          cells.flatMap(({ id }) => names.map((name) => `${round} ${id} ${name}`)),
        ).flat();
        expect([...visits].sort()).toEqual(expected.sort());
        expect(plan.map(({ round }) => round)).toEqual(plan.map(({ round }) => round).sort((a, b) => a - b));
        // A cell's calls at all arms stand together: each has its twins in time.
        for (let start = 0; start < plan.length; start += names.length) {
          const together = plan.slice(start, start + names.length);
          expect(new Set(together.map(({ round, cell }) => `${round} ${cell.id}`)).size).toBe(1);
        }
      }),
    );
  });

  it('is the same for the same seed, and another for another', () => {
    const cells = cellsOf({ promptTokens: [100, 1000], outputTokens: [64, 512], streams: [4, 16] });
    const order = (seed: number) => planProbe(cells, { arms: ['sse', 'websocket'], rounds: 4, seed });
    expect(order(1)).toEqual(order(1));
    expect(order(1)).not.toEqual(order(2));
    // Neither arm is always the first.
    const first = order(1).filter((_, index) => index % 2 === 0);
    expect(new Set(first.map(({ arm }) => arm))).toEqual(new Set(['sse', 'websocket']));
  });

  it('says what it will cost: every call of a burst counts', () => {
    const plan = planProbe(cellsOf({ promptTokens: [], outputTokens: [], streams: [8] }), {
      arms: ['only'],
      rounds: 2,
      seed: 1,
    });
    expect(costOf(plan)).toEqual({ calls: 2 * (1 + 8), tokens: 2 * (116 + 8 * 1128) });
  });
});
