import { describe, expect, it } from 'vitest';
import { collect } from '../../../../src/analysis/collect.ts';
import { compare } from '../../../../src/analysis/compare/compare.ts';
import { aManifest, aRecord } from '../../../support/records.ts';

const trialsOf = async (
  rows: readonly (readonly [contender: string, task: string, solved: boolean, seconds: number])[],
) =>
  (
    await collect(
      aManifest(),
      rows.map(([contender, task, solved, seconds], place) =>
        aRecord({
          contender,
          task,
          trialId: `${contender}-${task}-${place}`,
          attemptId: `${contender}-${task}-${place}`,
          agentMs: seconds * 1000,
          verdict: { outcome: solved ? 'resolved' : 'unresolved', mode: 'live', reason: '' },
        }),
      ),
    )
  ).trials;

describe('comparing two contenders', () => {
  it('pairs by task and leaves out what only one of them ran', async () => {
    const trials = await trialsOf([
      ['a', '1', true, 1],
      ['a', '2', true, 2],
      ['a', '3', false, 4],
      ['a', 'only-a', true, 1],
      ['b', '1', true, 10],
      ['b', '2', false, 20],
      ['b', '3', false, 40],
    ]);
    const comparison = compare({ first: 'a', second: 'b' }, trials);
    expect(comparison.nTasks).toBe(3);
    expect(comparison.passRate?.difference).toBeCloseTo(1 / 3, 12);
    expect(comparison.speedUp?.ratio).toBeCloseTo(10, 9);
  });

  it('says the opposite the other way round', async () => {
    const trials = await trialsOf([
      ['a', '1', true, 1],
      ['a', '2', false, 3],
      ['b', '1', false, 8],
      ['b', '2', false, 5],
    ]);
    const [there, back] = [compare({ first: 'a', second: 'b' }, trials), compare({ first: 'b', second: 'a' }, trials)];
    expect(back.passRate?.difference).toBeCloseTo(-(there.passRate?.difference ?? Number.NaN), 12);
    expect(back.speedUp?.ratio).toBeCloseTo(1 / (there.speedUp?.ratio ?? Number.NaN), 9);
  });

  it('claims no difference beyond a hundred points, however few tasks there are', async () => {
    const twice = (contender: string, task: string, outcomes: readonly [boolean, boolean]) =>
      outcomes.map((solved) => [contender, task, solved, 1] as const);
    const trials = await trialsOf([
      ...twice('a', '1', [false, false]),
      ...twice('a', '2', [true, false]),
      ...twice('a', '3', [true, true]),
      ...twice('b', '1', [true, true]),
      ...twice('b', '2', [true, true]),
      ...twice('b', '3', [true, false]),
    ]);
    expect(compare({ first: 'a', second: 'b' }, trials).passRate).toMatchObject({ low: -1, high: 1 });
  });

  it('has nothing to say without a task in common', async () => {
    const comparison = compare(
      { first: 'a', second: 'b' },
      await trialsOf([
        ['a', '1', true, 1],
        ['b', '2', true, 1],
      ]),
    );
    expect(comparison).toMatchObject({ nTasks: 0, passRate: undefined, speedUp: undefined });
  });
});
