import type { TaskFacts, TrialFacts } from '../measure/trial-facts.ts';
import { taskKey } from './trials.ts';

/** What a report is about: a run's contenders, and some or all of its tasks with their counted trials. */
export type Selection = {
  readonly contenders: readonly string[];
  readonly tasks: readonly TaskFacts[];
  readonly trials: readonly TrialFacts[];
};

/** The selection's trials of the tasks that pass a test. */
export const narrow = (selection: Selection, keep: (task: TaskFacts) => boolean): Selection => {
  const tasks = selection.tasks.filter(keep);
  const kept = new Set(tasks.map(taskKey));
  return { ...selection, tasks, trials: selection.trials.filter((trial) => kept.has(taskKey(trial))) };
};
