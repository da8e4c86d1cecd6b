import { createRandom, type Random } from '../random/random.ts';
import { elementAt } from '../sample/element-at.ts';

/** The attempts of one contender by task. All contenders of one bootstrap list the same tasks in the same order; a task may have no attempts. */
export interface ContenderSample<T> {
  readonly contender: string;
  readonly tasks: readonly (readonly T[])[];
}

/** One replicate: for each contender, in the order given, its attempts by drawn task. */
export type Resample<T> = readonly (readonly (readonly T[])[])[];

/**
 * Two-stage cluster bootstrap (Davison & Hinkley 1997, §3.8; Efron 1979): tasks with replacement, then attempts within each drawn task with
 * replacement. One draw of tasks serves all contenders, so that comparisons stay paired. Each contender's attempts are drawn from a stream of its
 * own name: leaving one out changes nothing for the others.
 */
export function* seededResamples<T>(
  samples: readonly ContenderSample<T>[],
  { seed, replicates }: { readonly seed: number; readonly replicates: number },
): Generator<Resample<T>> {
  const nTasks = countTasks(samples);
  const taskDraw = createRandom(seed, 'tasks');
  const contenders = samples.map(({ contender, tasks }) => ({
    tasks,
    random: createRandom(seed, `attempts of ${contender}`),
  }));
  for (let replicate = 0; replicate < replicates; replicate++) {
    const drawn = Array.from({ length: nTasks }, () => taskDraw.below(nTasks));
    yield contenders.map(({ tasks, random }) => drawn.map((index) => redraw(elementAt(tasks, index), random)));
  }
}

/** All nⁿ ways of drawing n tasks: the bootstrap distribution itself when no task has a second attempt. */
export function* enumeratedResamples<T>(samples: readonly ContenderSample<T>[]): Generator<Resample<T>> {
  const nTasks = countTasks(samples);
  const total = nTasks ** nTasks;
  for (let code = 0; code < total; code++) {
    const drawn = Array.from({ length: nTasks }, (_, place) => Math.floor(code / nTasks ** place) % nTasks);
    yield samples.map(({ tasks }) => drawn.map((index) => elementAt(tasks, index)));
  }
}

/** The number of tasks; RangeError unless it is the same for all. */
export function countTasks(samples: readonly ContenderSample<unknown>[]): number {
  const [first, ...rest] = samples;
  const nTasks = first?.tasks.length ?? 0;
  for (const { contender, tasks } of rest) {
    if (tasks.length !== nTasks)
      throw new RangeError(`${contender} has ${tasks.length} tasks where others have ${nTasks}`);
  }
  return nTasks;
}

function redraw<T>(attempts: readonly T[], random: Random): readonly T[] {
  if (attempts.length < 2) return attempts;
  return attempts.map(() => elementAt(attempts, random.below(attempts.length)));
}
