import { pairByTask } from '../../measure/paired/pair-by-task.ts';
import { elementAt } from '../../measure/sample/element-at.ts';
import { mean, sum, variance } from '../../measure/sample/moments.ts';
import type { Contrast } from './contrast-form.ts';
import type { Measurable } from './measurable.ts';
import { type Population, scoresByTask, valuesByTask } from './population.ts';

/** One side of what is estimated; `grows` where more attempts of it would be made (a baseline stays as it is). */
export type AttemptSide = { readonly population: Population; readonly grows: boolean };

/** One value an attempt, by task; undefined where the metric has no such values. */
const attemptsOf = (metric: Measurable, population: Population): ReadonlyMap<string, readonly number[]> | undefined => {
  if (metric.kind === 'share') return scoresByTask(metric, population);
  return metric.kind === 'sample' && metric.of === 'trial' ? valuesByTask(metric, population) : undefined;
};

type Part = { readonly centre: number; readonly chance: number | undefined };

/** A task's mean, and the variance that few attempts give it; of logarithms where ratios are taken (delta method). */
const partOf = (attempts: readonly number[], isRatio: boolean): Part => {
  const centre = mean(attempts) ?? 0;
  const spread = variance(attempts);
  const chance = spread === undefined ? undefined : spread / attempts.length;
  return isRatio ? { centre: Math.log(centre), chance: chance && chance / centre ** 2 } : { centre, chance };
};

/**
 * Which share of an estimate's variance more attempts at the same tasks would take away: mean(s²/K) ÷ variance of the task values, 0…1 (Miller
 * 2024: SE² = (ω² + σ²/K)/n, of which only σ²/K shrinks with K). With f times as many attempts SE² is SE²·(1 − share·(1 − 1/f)). Undefined where no
 * task was attempted twice, and for metrics that have no value an attempt.
 */
export const attemptShare = (
  metric: Measurable,
  sides: readonly AttemptSide[],
  scale: Contrast['scale'] | 'value',
): number | undefined => {
  const [first, second] = sides.map(({ population }) => attemptsOf(metric, population));
  if (first === undefined || (sides.length > 1 && second === undefined)) return undefined;
  const tasks = second === undefined ? [...first.keys()] : pairByTask(first, second).tasks;
  const values = [first, ...(second === undefined ? [] : [second])];
  const parts = values.map((side) => tasks.map((task) => partOf(side.get(task) ?? [], scale === 'ratio')));
  const centres = tasks.map((_, i) =>
    parts.map((side) => elementAt(side, i).centre).reduce((ours, theirs) => ours - theirs),
  );
  const chances = tasks.flatMap((_, i) => {
    const own = parts.flatMap((side, place) => (sides[place]?.grows ? [elementAt(side, i).chance] : []));
    const known = own.flatMap((chance) => chance ?? []);
    return known.length < own.length ? [] : [sum(known)];
  });
  const [total, byChance] = [variance(centres), mean(chances)];
  if (total === undefined || byChance === undefined || !(total > 0)) return undefined;
  return Math.min(1, byChance / total);
};
