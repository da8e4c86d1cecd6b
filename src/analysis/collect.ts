import { type Manifest, priceListOf } from '../domain/run.ts';
import type { TrialRecord } from '../domain/trial.ts';
import { sum } from '../measure/sample/moments.ts';
import { type TaskFacts, type TrialFacts, taskFacts, trialFacts } from '../measure/trial-facts.ts';
import { taskKey } from './trials.ts';

/** An attempt that ended without a verdict, kept for the data-quality panel. */
export type AttemptProblem = {
  readonly contender: string;
  readonly phase: string;
  readonly code: string;
  readonly count: number;
};

/** Names one attempt: what rows of any grain share. */
export type AttemptKey = TrialSpecKey & {
  readonly runId: string;
  readonly attemptId: string;
  readonly attempt: number;
  /** Model calls in the record. */
  readonly turns: number;
};

type TrialSpecKey = Pick<TrialRecord, 'trialId' | 'suite' | 'task' | 'contender' | 'index'>;

/** What a run's log comes to: one counted attempt a trial, and what happened to the other attempts. */
export type Collected = {
  readonly tasks: readonly TaskFacts[];
  /** The counted attempt of each trial, by contender (as in the manifest), suite, task and index. */
  readonly trials: readonly TrialFacts[];
  /** Planned trials that have no record yet. */
  readonly pending: number;
  /** Every attempt in the log, counted or not, in the order of `trials`, then by attempt. */
  readonly attempts: readonly AttemptKey[];
  readonly infraErrors: readonly AttemptProblem[];
  readonly firstStartedAt?: string | undefined;
  readonly lastStartedAt?: string | undefined;
};

/** Whether our side broke before there was a grade; a graded attempt keeps its grade. */
const isInfra = (facts: TrialFacts): boolean => facts.noVerdictReason === 'infra-error';

/** An attempt that says something about the contender beats one that does not; among equals the later one. */
const supersedes = (candidate: TrialFacts, counted: TrialFacts): boolean =>
  isInfra(candidate) === isInfra(counted) ? candidate.attempt >= counted.attempt : isInfra(counted);

const attemptKey = ({
  runId,
  trialId,
  attemptId,
  attempt,
  suite,
  task,
  contender,
  index,
  turns,
}: TrialRecord): AttemptKey => ({
  runId,
  trialId,
  attemptId,
  attempt,
  suite,
  task,
  contender,
  index,
  turns: turns.length,
});

/** Plain code-unit order: the same on every machine, unlike a locale's. */
const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

type Placed = Pick<AttemptKey, 'contender' | 'suite' | 'task' | 'index' | 'attempt' | 'attemptId'>;

const byPlace =
  (order: ReadonlyMap<string, number>) =>
  (left: Placed, right: Placed): number =>
    (order.get(left.contender) ?? order.size) - (order.get(right.contender) ?? order.size) ||
    compareText(left.contender, right.contender) ||
    compareText(left.suite, right.suite) ||
    compareText(left.task, right.task) ||
    left.index - right.index ||
    left.attempt - right.attempt ||
    compareText(left.attemptId, right.attemptId);

const countProblems = () => {
  const problems = new Map<string, AttemptProblem>();
  return {
    add({ contender, infraError }: TrialRecord): void {
      if (infraError === undefined) return;
      const { phase, code } = infraError;
      const key = JSON.stringify([contender, phase, code]);
      problems.set(key, { contender, phase, code, count: (problems.get(key)?.count ?? 0) + 1 });
    },
    sorted: (): readonly AttemptProblem[] =>
      [...problems.values()].sort(
        (left, right) =>
          compareText(left.contender, right.contender) ||
          right.count - left.count ||
          compareText(left.code, right.code),
      ),
  };
};

/** The counted attempts with what is known of the cost of those that they repeat. */
const withRepeated = (
  counted: readonly TrialFacts[],
  { attempts, costs }: { readonly attempts: readonly AttemptKey[]; readonly costs: ReadonlyMap<string, number> },
): readonly TrialFacts[] => {
  const own = new Set(counted.map(({ attemptId }) => attemptId));
  const repeated = Map.groupBy(
    attempts.filter(({ attemptId }) => !own.has(attemptId)),
    ({ trialId }) => trialId,
  );
  return counted.map((trial) => {
    const others = repeated.get(trial.trialId);
    if (others === undefined) return trial;
    const paid = sum(others.map(({ attemptId }) => costs.get(attemptId) ?? 0));
    const { costUsd, leastCostUsd, estimatedCostUsd } = trial;
    return {
      ...trial,
      costUsd: costUsd === undefined ? undefined : costUsd + paid,
      leastCostUsd: leastCostUsd === undefined ? undefined : leastCostUsd + paid,
      estimatedCostUsd: estimatedCostUsd === undefined ? undefined : estimatedCostUsd + paid,
    };
  });
};

/**
 * Reads a log once, in any order, and keeps one small set of facts a trial: memory grows with contenders × tasks × attempts.
 * The counted attempt is the latest that did not end in an infra error, else the latest.
 */
export const collect = async (
  manifest: Manifest,
  records: AsyncIterable<TrialRecord> | Iterable<TrialRecord>,
): Promise<Collected> => {
  const counted = new Map<string, TrialFacts>();
  const tasks = new Map<string, TaskFacts>();
  const problems = countProblems();
  const started: { first?: string; last?: string } = {};
  const attempts: AttemptKey[] = [];
  const prices = priceListOf(manifest.endpoints);
  const costs = new Map<string, number>();
  for await (const record of records) {
    attempts.push(attemptKey(record));
    const facts = trialFacts(record, prices);
    costs.set(record.attemptId, facts.leastCostUsd ?? 0);
    const current = counted.get(record.trialId);
    if (current === undefined || supersedes(facts, current)) counted.set(record.trialId, facts);
    tasks.set(taskKey(record), taskFacts(record));
    problems.add(record);
    if (started.first === undefined || record.startedAt < started.first) started.first = record.startedAt;
    if (started.last === undefined || record.startedAt > started.last) started.last = record.startedAt;
  }
  const place = byPlace(new Map(manifest.contenders.map(({ name }, index) => [name, index])));
  attempts.sort(place);
  return {
    tasks: [...tasks.values()].sort(
      (left, right) => compareText(left.suite, right.suite) || compareText(left.task, right.task),
    ),
    trials: withRepeated([...counted.values()].sort(place), { attempts, costs }),
    pending: manifest.plan.filter(({ trialId }) => !counted.has(trialId)).length,
    attempts,
    infraErrors: problems.sorted(),
    firstStartedAt: started.first,
    lastStartedAt: started.last,
  };
};
