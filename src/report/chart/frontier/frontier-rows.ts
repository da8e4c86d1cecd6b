import type { FrontierAxis } from '../../../analysis/estimate.ts';
import type { PlacedContender } from '../../../analysis/frontier/frontier.ts';
import { mixingHull } from '../../../measure/frontier/mixing-hull.ts';
import { compositeText } from '../../composite-text.ts';
import { duration, percent, valueText } from '../../format.ts';
import type { ReportModel } from '../../model.ts';
import { type ChartOptions, isNarrow } from '../chart.ts';
import { labelOf } from '../label.ts';
import { contenderColour } from '../theme.ts';
import { published, spentPhrase } from './frontier-axis.ts';

/** A point of the frontier figure: times in seconds or costs in US dollars, rates 0…1. */
export type FrontierRow = {
  readonly name: string;
  readonly detail: string;
  readonly tier: string;
  readonly colour: string;
  readonly spent: number;
  readonly spentLow: number;
  readonly spentHigh: number;
  readonly rate: number;
  readonly rateLow: number;
  readonly rateHigh: number;
  readonly onFrontier: boolean;
  readonly opacity: number;
  /** Of the bars of its intervals. */
  readonly barOpacity: number;
  readonly summary: string;
};

const rowOf = (
  placed: PlacedContender,
  { model, axis, options }: { model: ReportModel; axis: FrontierAxis; options: ChartOptions },
): FrontierRow => {
  const { text: name, index } = labelOf(model, placed.contender);
  const { value, interval } = placed.spent;
  const reached = `${percent(placed.passRate)} ${spentPhrase(axis, value)}`;
  const speed = model.summary.contenders[index]?.metrics.decode_tokens_per_s;
  const probability = placed.frontierProbability;
  const chance = probability === undefined ? '' : `, on the frontier in ${percent(probability)} of resamples`;
  return {
    name,
    detail: `${reached}${speed === undefined || isNarrow(options) ? '' : ` at ${valueText(speed, 'tokens/s')} tokens/s`}`,
    tier: model.contenders[index]?.tier ?? 'unknown',
    colour: contenderColour(options.theme, index),
    spent: published(axis, value),
    spentLow: published(axis, interval?.low ?? value),
    spentHigh: published(axis, interval?.high ?? value),
    rate: placed.passRate,
    rateLow: placed.passRateInterval.low,
    rateHigh: placed.passRateInterval.high,
    onFrontier: placed.onFrontier,
    opacity: placed.onFrontier ? 1 : Math.max(0.4, probability ?? 0),
    barOpacity: placed.onFrontier ? 0.75 : 0.3,
    summary: `${name}: ${reached}${placed.onFrontier ? '' : ', dominated'}${chance}`,
  };
};

/** The contenders as points. A time or cost of 0 has no place on a log axis. */
export const frontierRows = (
  model: ReportModel,
  { axis, options }: { axis: FrontierAxis; options: ChartOptions },
): readonly FrontierRow[] =>
  model.summary.frontiers[axis].placed
    .filter(({ spent }) => spent.value > 0)
    .map((placed) => rowOf(placed, { model, axis, options }));

type Corner = { readonly spent: number; readonly rate: number };

/** The staircase as corners of a step-after line, continued to the right edge: what is attainable within a time or a cost. */
export const staircaseCorners = (rows: readonly FrontierRow[], edge: number): readonly Corner[] => {
  const front = rows.filter(({ onFrontier }) => onFrontier).map(({ spent, rate }) => ({ spent, rate }));
  const last = front.at(-1);
  return last === undefined ? [] : [...front, { spent: edge, rate: last.rate }];
};

const hullSteps = 24;

/**
 * What splitting traffic between neighbours of the hull reaches, for means only. A straight line between two points is a curve on a log axis,
 * so it is drawn in small steps.
 */
export const hullCorners = (rows: readonly FrontierRow[]): readonly Corner[] => {
  const hull = mixingHull(rows.map(({ spent, rate }) => ({ cost: spent, value: rate })));
  return hull.flatMap(({ cost, value }, place) => {
    const next = hull[place + 1];
    if (next === undefined) return place === 0 ? [] : [{ spent: cost, rate: value }];
    return Array.from({ length: hullSteps }, (_, step) => ({
      spent: cost + ((next.cost - cost) * step) / hullSteps,
      rate: value + ((next.value - value) * step) / hullSteps,
    }));
  });
};

/** Contenders that are one model at several efforts: same agent, endpoints and other settings. Each line needs two points. */
export const effortLines = (
  model: ReportModel,
  rows: readonly FrontierRow[],
): readonly { readonly line: string; readonly spent: number; readonly rate: number }[] => {
  const families = Map.groupBy(model.contenders, ({ agent, endpoints, settings }) => {
    const { effort: _effort, ...others } = settings;
    return JSON.stringify([agent, endpoints.map(({ id }) => id), others]);
  });
  return [...families].flatMap(([line, members]) => {
    const points = rows.filter(({ name }) => members.some(({ label }) => label === name));
    return points.length < 2 ? [] : points.map(({ spent, rate }) => ({ line, spent, rate }));
  });
};

/** A what-if combination as a hollow point. */
export type CompositeRow = {
  readonly spent: number;
  readonly rate: number;
  readonly name: string;
  readonly detail: string;
  readonly summary: string;
};

/**
 * What-if combinations of the two contenders to choose from; mean times, so they belong to the frontier over means only. Their labels are short: the
 * tooltip and the table beside the figure say who does what.
 */
export const compositeRows = (model: ReportModel): readonly CompositeRow[] =>
  (model.summary.choice?.composites ?? []).map((composite) => {
    const text = compositeText(composite, (contender) => labelOf(model, contender).text);
    return {
      spent: composite.meanMs / 1000,
      rate: composite.passRate,
      name: composite.kind === 'cascade' ? 'What if: cascade' : `What if: best of ${composite.attempts ?? 0}`,
      detail: 'needs a verifier; upper bound',
      summary: `${text}: ${percent(composite.passRate)} in ${duration(composite.meanMs)} mean; needs a verifier; upper bound`,
    };
  });
