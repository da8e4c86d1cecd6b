/** What two contenders have in common: their values on the tasks that both ran, in the order of the first. */
export interface PairedTasks<T> {
  readonly tasks: readonly string[];
  readonly first: readonly T[];
  readonly second: readonly T[];
  readonly onlyFirst: readonly string[];
  readonly onlySecond: readonly string[];
  /** Tasks in common ÷ tasks of either; undefined if there is none at all. */
  readonly overlap: number | undefined;
}

/** The intersection of two task sets, because only tasks that both ran can be compared; the tasks left out are listed, not lost. */
export function pairByTask<T>(first: ReadonlyMap<string, T>, second: ReadonlyMap<string, T>): PairedTasks<T> {
  const pairs = [...first].flatMap(([task, a]) => {
    const b = second.get(task);
    return b === undefined ? [] : [{ task, a, b }];
  });
  const onlyFirst = [...first.keys()].filter((task) => !second.has(task));
  const onlySecond = [...second.keys()].filter((task) => !first.has(task));
  const either = pairs.length + onlyFirst.length + onlySecond.length;
  return {
    tasks: pairs.map(({ task }) => task),
    first: pairs.map(({ a }) => a),
    second: pairs.map(({ b }) => b),
    onlyFirst,
    onlySecond,
    overlap: either === 0 ? undefined : pairs.length / either,
  };
}
