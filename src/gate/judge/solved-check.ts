import { type Population, withoutVerdictKind } from '../../analysis/evidence/population.ts';
import { byTask } from '../../analysis/trials.ts';
import type { SolvedGate } from '../gate.ts';
import type { Check } from '../verdict.ts';
import { isRefusal, type JudgeContext, notEvaluated, populationFacts, populationOf, unfinished } from './subject.ts';

const namesShown = 5;

/** Attempts of each task that count, and how many of them solved it. */
const countsOf = ({ trials, pending, policy }: Population): ReadonlyMap<string, readonly boolean[]> => {
  const counted = trials.filter((trial) => {
    const kind = withoutVerdictKind(trial);
    return kind === undefined || policy[kind] === 'count_as_failed';
  });
  const counts = new Map(
    [...byTask(counted)].map(([key, members]) => [key, members.map(({ outcome }) => outcome === 'resolved')]),
  );
  if (policy.missing === 'count_as_failed')
    for (const { suite, task } of pending) {
      const key = JSON.stringify([suite, task]);
      counts.set(key, [...(counts.get(key) ?? []), false]);
    }
  return counts;
};

const nameOf = (key: string): string => (JSON.parse(key) as readonly string[]).join('/');

const findingOf = (failing: readonly string[], { nTasks, nTrials }: Pick<Check, 'nTasks' | 'nTrials'>): string => {
  if (failing.length === 0) return `${nTasks} tasks, ${nTrials} attempts: all as they must be`;
  const names = failing.slice(0, namesShown).map(nameOf).join(', ');
  const more = failing.length > namesShown ? ` and ${failing.length - namesShown} more` : '';
  return `${failing.length} of ${nTasks} tasks are not: ${names}${more}`;
};

/** A statement about the attempts that were made: seen, not inferred, so there is no doubt but about attempts that nobody judged. */
export const checkSolved = (gate: SolvedGate, contender: string, { run, file }: JudgeContext): Check => {
  const population = populationOf(run, contender, { gate, file });
  if (isRefusal(population)) return notEvaluated(contender, population, { run });
  const counts = countsOf(population);
  const isSolved = (attempts: readonly boolean[]) =>
    gate.solved === 'every_attempt' ? attempts.every(Boolean) : attempts.some(Boolean);
  const failing = [...counts].filter(([, attempts]) => !isSolved(attempts)).map(([key]) => key);
  const counted = { nTasks: counts.size, nTrials: [...counts.values()].flat().length };
  // One attempt that failed decides "every attempt"; nothing else is decided before the end.
  const isDecided = gate.solved === 'every_attempt' && failing.length > 0;
  const open = isDecided ? undefined : unfinished(file, population);
  if (open !== undefined) return notEvaluated(contender, open, { run });
  if (counts.size === 0)
    return notEvaluated(
      contender,
      { reason: 'no-trials', why: `no attempt of ${contender} at these tasks was judged` },
      { run },
    );
  return {
    ...populationFacts(run, contender, [population]),
    ...counted,
    verdict: failing.length === 0 ? 'pass' : 'fail',
    finding: findingOf(failing, counted),
    observed: (counts.size - failing.length) / counts.size,
    limit: 1,
    scale: 'value',
    unit: 'ratio',
    method: 'attempts as made',
    notes: [],
  };
};
