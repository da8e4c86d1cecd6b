import { frontierAxes } from '../../analysis/estimate.ts';
import type { Measurable } from '../../analysis/evidence/measurable.ts';
import { statisticOf } from '../../analysis/evidence/statistic.ts';
import type { Mistake } from '../../yaml/mistake.ts';
import type { Place } from '../../yaml/place.ts';
import type { MeasuredShape } from './shapes.ts';

/** Where the keys of a gate stand. */
export type PlaceOf = (...path: readonly PropertyKey[]) => Place;

const isComparison = ({ key }: MeasuredShape): boolean => key !== 'at_least' && key !== 'at_most';

/** Times of single calls have a long tail: a probe knows their quantiles, and the median of paired ratios. */
const probeStatisticMistake = (shape: MeasuredShape): Omit<Mistake, 'place'> | undefined => {
  const { statistic } = shape;
  if (statistic === undefined || statistic === 'median') return undefined;
  if (isComparison(shape))
    return { message: 'two arms of a probe are compared by the median of their pairs', fix: 'leave `statistic` out' };
  return typeof statisticOf(statistic) === 'object'
    ? undefined
    : { message: 'of a probe the median (default) or a quantile is taken', fix: 'write `median` or one such as `p95`' };
};

const whereMistake = ({ where, metric }: MeasuredShape, { kind }: Measurable): Omit<Mistake, 'place'> | undefined =>
  kind !== 'probe' || where === undefined
    ? undefined
    : {
        message: `\`where\` chooses tasks; \`${metric}\` is measured by a probe, without tasks`,
        fix: 'leave `where` out',
      };

/** What is wrong with `statistic`, in view of the metric and the shape. */
const statisticMistake = (shape: MeasuredShape, metric: Measurable): Omit<Mistake, 'place'> | undefined => {
  const { statistic, evidence } = shape;
  if (statistic === undefined) return undefined;
  if (metric.kind === 'frontier')
    return frontierAxes.some((axis) => axis === statistic)
      ? undefined
      : {
          message: 'a frontier is over the mean, the median or the time per solved task, or over cost',
          fix: `write one of ${frontierAxes.map((axis) => `\`${axis}\``).join(', ')}`,
        };
  if (metric.kind === 'probe') return probeStatisticMistake(shape);
  if (metric.kind !== 'sample')
    return {
      message: `\`${metric.name}\` is one number a contender: no statistic is taken of it`,
      fix: 'leave `statistic` out',
    };
  if (statisticOf(statistic) === undefined)
    return {
      message: `no such statistic: ${statistic}`,
      fix: 'write `mean`, `median`, `min`, `max` or one such as `p95`',
    };
  if (isComparison(shape) && statistic !== 'mean' && statistic !== 'median')
    return { message: 'a comparison takes the mean or the median of each task', fix: 'write `mean` or `median`' };
  if ((statistic === 'min' || statistic === 'max') && evidence === 'proven')
    return {
      message: `nothing can be proven about a ${statistic === 'min' ? 'minimum' : 'maximum'}`,
      fix: 'add `evidence: observed`, or use a quantile such as `p95`',
    };
  return undefined;
};

const withinMistake = ({ within, metric }: MeasuredShape): Omit<Mistake, 'place'> | undefined => {
  if ((metric === 'solved_within') === (within !== undefined)) return undefined;
  return within === undefined
    ? { message: '`solved_within` needs a time', fix: 'add `within: 5m`' }
    : { message: `\`within\` belongs to \`solved_within\`, not to \`${metric}\``, fix: 'leave `within` out' };
};

/** A second look is at a run with more attempts: nothing else can be looked at again, and only what has a bound can be open. */
const lookMistake = (
  { if_inconclusive: ifInconclusive, up_to: upTo, evidence }: MeasuredShape,
  { kind, name }: Measurable,
): (Omit<Mistake, 'place'> & { readonly key: 'if_inconclusive' | 'up_to' }) | undefined => {
  if (ifInconclusive !== 'run_more')
    return upTo === undefined
      ? undefined
      : {
          key: 'up_to',
          message: '`up_to` belongs to `if_inconclusive: run_more`',
          fix: 'add that, or leave `up_to` out',
        };
  const key = 'if_inconclusive';
  if (kind === 'probe')
    return {
      key,
      message: `\`${name}\` has no attempts: a probe measures it`,
      fix: 'probe with more --rounds instead',
    };
  if (evidence === 'observed' || kind === 'frontier')
    return { key, message: 'what is only observed is never inconclusive', fix: 'leave `run_more` and `up_to` out' };
  return upTo === undefined
    ? {
        key,
        message: '`run_more` needs to know beforehand how many attempts the second and last look has',
        fix: 'add `up_to: 10 attempts`',
      }
    : undefined;
};

/** What is wrong with the statistic, the tasks and the time of a gate, in view of its metric. */
export const measuredMistakes = (shape: MeasuredShape, metric: Measurable, place: PlaceOf): readonly Mistake[] => {
  const statistic = statisticMistake(shape, metric);
  const within = withinMistake(shape);
  const where = whereMistake(shape, metric);
  const look = lookMistake(shape, metric);
  return [
    ...(statistic === undefined ? [] : [{ place: place('statistic'), ...statistic }]),
    ...(look === undefined ? [] : [{ place: place(look.key), message: look.message, fix: look.fix }]),
    ...(where === undefined ? [] : [{ place: place('where'), ...where }]),
    ...(within === undefined ? [] : [{ place: place(shape.within === undefined ? 'metric' : 'within'), ...within }]),
  ];
};
