import type { TaskFacts } from '../../measure/trial-facts.ts';
import { narrow, type Selection } from '../selection.ts';
import { type LabelKind, labelKinds, labelsOf, labelsOfTasks } from '../task-labels.ts';
import { type Comparison, compare } from './compare.ts';

/** A comparison on the tasks that share a label. */
export type Slice = {
  readonly kind: 'all' | 'suite' | LabelKind;
  readonly label: string;
  readonly comparison: Comparison;
};

/** Below this many tasks an interval says nothing that anybody could use. */
const leastTasks = 5;

type Part = { readonly kind: Slice['kind']; readonly label: string; readonly keep: (task: TaskFacts) => boolean };

const partsOf = (tasks: readonly TaskFacts[]): readonly Part[] => [
  { kind: 'all', label: 'all tasks', keep: () => true },
  ...[...new Set(tasks.map(({ suite }) => suite))].map(
    (label): Part => ({ kind: 'suite', label, keep: ({ suite }) => suite === label }),
  ),
  ...labelKinds.flatMap((kind) =>
    labelsOfTasks(tasks, kind).map(
      (label): Part => ({ kind, label, keep: (task) => labelsOf(task, kind).includes(label) }),
    ),
  ),
];

/**
 * Two contenders compared on all tasks, by suite and by label. Slices of fewer than five tasks, and those that are all tasks again, are left out.
 * Looking at many slices finds differences by chance: they say where to look, not what is proven.
 */
export const sliceComparison = (
  selection: Selection,
  pair: { readonly first: string; readonly second: string },
): readonly Slice[] =>
  partsOf(selection.tasks).flatMap(({ kind, label, keep }): readonly Slice[] => {
    const part = narrow(selection, keep);
    const isAllAgain = kind !== 'all' && part.tasks.length === selection.tasks.length;
    if (isAllAgain || part.tasks.length < leastTasks) return [];
    const comparison = compare(pair, part.trials);
    return comparison.passRate === undefined ? [] : [{ kind, label, comparison }];
  });
