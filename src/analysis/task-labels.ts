import type { TaskFacts } from '../measure/trial-facts.ts';

/** What tasks can be sliced by, beside their suite. */
export const labelKinds = ['difficulty', 'category', 'language', 'tag'] as const;
export type LabelKind = (typeof labelKinds)[number];

/** The labels of one kind that a task carries. */
export const labelsOf = (task: TaskFacts, kind: LabelKind): readonly string[] => {
  if (kind === 'tag') return task.tags;
  const label = task[kind];
  return label === undefined || label === '' || label === 'unknown' ? [] : [label];
};

/** All labels of one kind, sorted. */
export const labelsOfTasks = (tasks: readonly TaskFacts[], kind: LabelKind): readonly string[] =>
  [...new Set(tasks.flatMap((task) => labelsOf(task, kind)))].sort();
