import { suggest } from '../../domain/suggest.ts';
import type { TaskFacts } from '../../measure/trial-facts.ts';
import type { Where } from '../file/shapes.ts';

const labels: Readonly<Record<keyof Where, (task: TaskFacts) => readonly string[]>> = {
  suite: ({ suite }) => [suite],
  task: ({ task }) => [task],
  tag: ({ tags }) => tags,
  difficulty: ({ difficulty }) => [difficulty],
  language: ({ language }) => (language === undefined ? [] : [language]),
  category: ({ category }) => [category],
};

const entriesOf = (where: Where): readonly (readonly [keyof Where, readonly string[]])[] =>
  (Object.keys(labels) as readonly (keyof Where)[]).flatMap((key) => {
    const wanted = where[key];
    return wanted === undefined ? [] : [[key, typeof wanted === 'string' ? [wanted] : wanted] as const];
  });

/** Whether a gate is about a task: every key fits, of several values one. */
export const isAbout = (where: Where, task: TaskFacts): boolean =>
  entriesOf(where).every(([key, wanted]) => labels[key](task).some((label) => wanted.includes(label)));

/** The filter in words: `tag micro or smoke, suite terminal`; empty for no filter. */
export const whereText = (where: Where): string =>
  entriesOf(where)
    .map(([key, wanted]) => `${key} ${wanted.join(' or ')}`)
    .join(', ');

/** Why no task of `whose` (the run, the plan) fits, with the nearest label that it has. */
export const whyNoTask = (where: Where, tasks: readonly TaskFacts[], whose = 'the run'): string => {
  const hints = entriesOf(where).flatMap(([key, wanted]) => {
    const known = [...new Set(tasks.flatMap(labels[key]))];
    return wanted
      .filter((word) => !known.includes(word))
      .flatMap((word) => {
        const meant = suggest(word, known);
        return meant === undefined ? [] : [`; did you mean ${key} ${meant}?`];
      });
  });
  return `${whose} has no task with ${whereText(where)}${hints[0] ?? ''}`;
};
