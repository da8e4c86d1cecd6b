import { expect, it } from 'vitest';
import { sliceComparison } from '../../../../src/analysis/compare/slices.ts';
import { recordsOf, type ShortTrial, selectionOf } from '../../../support/selections.ts';

const rows: readonly ShortTrial[] = Array.from({ length: 12 }, (_, task) => [
  ['a', `${task}`, task < 6, 1] as const,
  ['b', `${task}`, true, 2] as const,
]).flat();

/** Tasks 0–5 are of suite one and hard, the others of suite two and easy; all carry a tag, two carry another. */
const selection = () =>
  selectionOf(
    recordsOf(rows, (place) => {
      const task = Math.floor(place / 2);
      return {
        suite: task < 6 ? 'one' : 'two',
        difficulty: task < 6 ? 'hard' : 'easy',
        category: 'x',
        language: undefined,
        tags: task < 2 ? ['every', 'rare'] : ['every'],
      };
    }),
  );

it('compares on all tasks and on each part of at least five, once', async () => {
  const slices = sliceComparison(await selection(), { first: 'a', second: 'b' });
  expect(
    slices.map(({ kind, label, comparison }) => [kind, label, comparison.nTasks, comparison.passRate?.difference]),
  ).toEqual([
    ['all', 'all tasks', 12, -0.5],
    ['suite', 'one', 6, 0],
    ['suite', 'two', 6, -1],
    ['difficulty', 'easy', 6, -1],
    ['difficulty', 'hard', 6, 0],
  ]);
});
