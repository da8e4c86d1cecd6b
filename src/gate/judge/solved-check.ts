import { type Population, withoutVerdictKind } from '../../analysis/evidence/population.ts';
import { labelIn } from '../../analysis/runs/measured-run.ts';
import { taskKey } from '../../analysis/trials.ts';
import type { SolvedGate } from '../gate.ts';
import type { Check } from '../verdict.ts';
import {
  isRefusal,
  type JudgeContext,
  notEvaluated,
  populationFacts,
  populationOf,
  type Refusal,
  unfinished,
} from './subject.ts';

const namesShown = 5;

type Attempts = { readonly name: string; readonly solved: boolean[] };

/** The attempts of each task that count, and whether they solved it. */
const attemptsOf = ({ trials, pending, policy }: Population): readonly Attempts[] => {
  const tasks = new Map<string, Attempts>();
  const add = (task: { readonly suite: string; readonly task: string }, solved: boolean): void => {
    const known = tasks.get(taskKey(task));
    if (known === undefined) tasks.set(taskKey(task), { name: `${task.suite}/${task.task}`, solved: [solved] });
    else known.solved.push(solved);
  };
  for (const trial of trials) {
    const kind = withoutVerdictKind(trial);
    if (kind === undefined || policy[kind] === 'count_as_failed') add(trial, trial.outcome === 'resolved');
  }
  if (policy.missing === 'count_as_failed') for (const task of pending) add(task, false);
  return [...tasks.values()];
};

const findingOf = (failing: readonly string[], { nTasks, nTrials }: Pick<Check, 'nTasks' | 'nTrials'>): string => {
  if (failing.length === 0) return `${nTasks} tasks, ${nTrials} attempts: all as they must be`;
  const names = failing.slice(0, namesShown).join(', ');
  const more = failing.length > namesShown ? ` and ${failing.length - namesShown} more` : '';
  return `${failing.length} of ${nTasks} tasks are not: ${names}${more}`;
};

/** A statement about the attempts that were made: seen, not inferred, so there is no doubt but about attempts that nobody judged. */
export const checkSolved = (gate: SolvedGate, contender: string, { run, file }: JudgeContext): Check => {
  const refuse = (why: Refusal): Check => notEvaluated(contender, why, { label: labelIn(run, contender) });
  const population = populationOf(run, contender, { gate, file });
  if (isRefusal(population)) return refuse(population);
  const tasks = attemptsOf(population);
  const isSolved = (attempts: readonly boolean[]) =>
    gate.solved === 'every_attempt' ? attempts.every(Boolean) : attempts.some(Boolean);
  const failing = tasks.filter(({ solved }) => !isSolved(solved)).map(({ name }) => name);
  const counted = { nTasks: tasks.length, nTrials: tasks.flatMap(({ solved }) => solved).length };
  // One attempt that failed decides "every attempt"; nothing else is decided before the end.
  const isDecided = gate.solved === 'every_attempt' && failing.length > 0;
  const open = isDecided ? undefined : unfinished(file, population);
  if (open !== undefined) return refuse(open);
  if (tasks.length === 0)
    return refuse({ reason: 'no-trials', why: `no attempt of ${contender} at these tasks was judged` });
  return {
    ...populationFacts(run, contender, [population]),
    ...counted,
    verdict: failing.length === 0 ? 'pass' : 'fail',
    finding: findingOf(failing, counted),
    observed: 1 - failing.length / tasks.length,
    limit: 1,
    scale: 'value',
    unit: 'ratio',
    method: 'attempts as made',
    notes: [],
  };
};
