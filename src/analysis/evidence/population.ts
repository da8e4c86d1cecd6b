import type { TrialFacts } from '../../measure/trial-facts.ts';
import { taskKey } from '../trials.ts';
import type { MeasuredTrial, Quotient, Sample, Share } from './measurable.ts';

/** How to treat trials that nobody judged. */
export const withoutVerdictKinds = ['infra_error', 'agent_timeout', 'invalid', 'tampered', 'missing'] as const;
export type WithoutVerdictKind = (typeof withoutVerdictKinds)[number];
export type Treatment = 'exclude' | 'count_as_failed';
export type VerdictPolicy = Readonly<Record<WithoutVerdictKind, Treatment>>;

/** The reports' own: pass rate = resolved ÷ judged. */
export const excludeAll: VerdictPolicy = {
  infra_error: 'exclude',
  agent_timeout: 'exclude',
  invalid: 'exclude',
  tampered: 'exclude',
  missing: 'exclude',
};

type TaskReference = { readonly suite: string; readonly task: string };

/** One contender's counted trials, and its planned trials that have no record. */
export type Population = {
  readonly trials: readonly MeasuredTrial[];
  readonly pending: readonly TaskReference[];
  readonly policy: VerdictPolicy;
};

/** Which kind of unjudged trial this is; undefined for a judged one. */
export const withoutVerdictKind = ({ noVerdictReason, stop }: TrialFacts): WithoutVerdictKind | undefined => {
  if (noVerdictReason === undefined) return undefined;
  if (noVerdictReason === 'tampered') return 'tampered';
  if (stop === 'time-limit') return 'agent_timeout';
  return noVerdictReason === 'invalid' ? 'invalid' : 'infra_error';
};

/** Whether a trial belongs to the denominator of a pass rate. */
const counts = (trial: TrialFacts, policy: VerdictPolicy): boolean => {
  const kind = withoutVerdictKind(trial);
  return kind === undefined || policy[kind] === 'count_as_failed';
};

/** How many trials without a verdict the policy leaves out, and how many it counts as failed. */
export const withoutVerdict = ({
  trials,
  pending,
  policy,
}: Population): { readonly excluded: number; readonly countedAsFailed: number } => {
  const kinds = [...trials.map(withoutVerdictKind), ...pending.map(() => 'missing' as const)];
  const count = (treatment: Treatment) =>
    kinds.filter((kind) => kind !== undefined && policy[kind] === treatment).length;
  return { excluded: count('exclude'), countedAsFailed: count('count_as_failed') };
};

const grouped = <Value>(pairs: readonly (readonly [TaskReference, Value])[]): ReadonlyMap<string, readonly Value[]> => {
  const groups = Map.groupBy(pairs, ([task]) => taskKey(task));
  return new Map([...groups].map(([key, members]) => [key, members.map(([, value]) => value)]));
};

/** 1 or 0 for each trial that counts, by task. */
export const scoresByTask = (
  { population, holds }: Share,
  { trials, pending, policy }: Population,
): ReadonlyMap<string, readonly number[]> => {
  if (population === 'all') return grouped(trials.map((trial) => [trial, holds(trial) ? 1 : 0]));
  const missing = policy.missing === 'count_as_failed' ? pending : [];
  return grouped([
    ...trials.filter((trial) => counts(trial, policy)).map((trial) => [trial, holds(trial) ? 1 : 0] as const),
    ...missing.map((task) => [task, 0] as const),
  ]);
};

const judged = ({ trials }: Population): readonly MeasuredTrial[] =>
  trials.filter(({ outcome }) => outcome !== 'no-verdict');

/** All values of the judged trials, by task; tasks without a value are left out. */
export const valuesByTask = ({ values }: Sample, population: Population): ReadonlyMap<string, readonly number[]> =>
  grouped(judged(population).flatMap((trial) => values(trial).map((value) => [trial, value] as const)));

/** Whether a sample that needs every judged trial has one that does not tell. */
export const isUntold = ({ needed = false, values }: Sample, population: Population): boolean =>
  needed && judged(population).some((trial) => values(trial).length === 0);

/** The sums of a quotient, by task; undefined where a trial that is needed does not tell. */
export const sumsByTask = (
  { parts, needed }: Quotient,
  population: Population,
): ReadonlyMap<string, { readonly numerator: number; readonly denominator: number }> | undefined => {
  const told = judged(population).map((trial) => [trial, parts(trial)] as const);
  if (needed && told.some(([, part]) => part === undefined)) return undefined;
  const groups = grouped(told.flatMap(([trial, part]) => (part === undefined ? [] : [[trial, part] as const])));
  return new Map(
    [...groups].map(([key, members]) => [
      key,
      members.reduce((sum, part) => ({
        numerator: sum.numerator + part.numerator,
        denominator: sum.denominator + part.denominator,
      })),
    ]),
  );
};
