import type { Measurable } from '../../analysis/evidence/measurable.ts';
import { measurables } from '../../analysis/evidence/measurables.ts';
import { statisticOf } from '../../analysis/evidence/statistic.ts';
import type { Mistake } from '../../yaml/mistake.ts';
import { baselineWord, type ComparisonGate, type Gate } from '../gate.ts';
import { measuredMistakes, type PlaceOf } from './check-statistic.ts';
import { askedOf } from './comparison.ts';
import type { Quantity } from './quantity.ts';
import type { MeasuredShape, Shape } from './shapes.ts';
import { exampleOf, valueIn } from './units.ts';

type Checked = { readonly mistakes: readonly Mistake[]; readonly gate?: Gate };

const known = new Map(measurables().map((measurable) => [measurable.name, measurable]));

const listOf = (value: string | readonly string[] | undefined): readonly string[] | undefined =>
  typeof value === 'string' ? [value] : value;

const commonOf = (shape: Shape, place: PlaceOf) => ({
  name: shape.name,
  contenders: listOf(shape.contender),
  where: (shape.key === 'solved' ? shape.tasks : shape.where) ?? {},
  level: shape.level,
  source: shape.source,
  ifInconclusive: shape.key === 'solved' ? undefined : shape.if_inconclusive,
  place: place(),
});

const measuredOf = (shape: MeasuredShape, place: PlaceOf) => ({
  ...commonOf(shape, place),
  metric: shape.metric,
  statistic: shape.statistic === undefined ? undefined : statisticOf(shape.statistic),
  statisticWord: shape.statistic,
  withinMs: shape.within,
  evidence: shape.evidence,
  upToAttempts: shape.up_to,
});

const checkValue = (
  shape: Extract<Shape, { readonly key: 'at_least' | 'at_most' }>,
  metric: Measurable,
  place: PlaceOf,
): Checked => {
  const asked: Quantity = shape.key === 'at_least' ? shape.at_least : shape.at_most;
  const limit = valueIn(asked, metric);
  const mistakes = [
    ...measuredMistakes(shape, metric, place),
    ...(limit === undefined
      ? [
          {
            place: place(shape.key),
            message: `\`${asked.text}\` does not fit \`${metric.name}\``,
            fix: `write it like \`${exampleOf(metric)}\``,
          },
        ]
      : []),
    ...(limit !== undefined && limit > 1 && metric.unit === 'ratio'
      ? [
          {
            place: place(shape.key),
            message: `\`${asked.text}\` is more than all: \`${metric.name}\` is a share`,
            fix: 'write a share of at most `100%`',
          },
        ]
      : []),
  ];
  if (limit === undefined || mistakes.length > 0) return { mistakes };
  const direction = shape.key === 'at_least' ? 'at-least' : 'at-most';
  return { mistakes, gate: { ...measuredOf(shape, place), kind: 'value', direction, limit, limitText: asked.text } };
};

type ComparisonShape = Extract<Shape, { readonly key: 'not_worse_than' | 'better_than' | 'faster_than' }>;

const partsOf = (
  shape: ComparisonShape,
): Pick<ComparisonGate, 'claim' | 'against'> & {
  readonly quantity: Quantity | undefined;
  readonly marginKey: string;
} => {
  switch (shape.key) {
    case 'not_worse_than':
      return {
        claim: 'not-worse',
        against: shape.not_worse_than,
        quantity: shape.by_more_than,
        marginKey: 'by_more_than',
      };
    case 'better_than':
      return { claim: 'better', against: shape.better_than, quantity: shape.by_at_least, marginKey: 'by_at_least' };
    case 'faster_than':
      return { claim: 'faster', against: shape.faster_than, quantity: shape.by_at_least, marginKey: 'by_at_least' };
  }
};

const mistakeOf = ({ message, fix }: Omit<Mistake, 'place'>, place: Mistake['place']): Mistake => ({
  place,
  message,
  fix,
});

const checkComparison = (shape: ComparisonShape, metric: Measurable, place: PlaceOf): Checked => {
  const { claim, against, quantity, marginKey } = partsOf(shape);
  const asked = askedOf(metric, { claim, quantity });
  const contenders = listOf(shape.contender);
  const mistakes: readonly Mistake[] = [
    ...measuredMistakes(shape, metric, place),
    ...('message' in asked ? [mistakeOf(asked, place(asked.about === 'claim' ? shape.key : marginKey))] : []),
    ...(against === baselineWord && metric.kind === 'probe'
      ? [
          {
            place: place(shape.key),
            message: `\`${metric.name}\` has no baseline: a baseline is a run, and this is measured by a probe`,
            fix: 'name another endpoint of the probe',
          },
        ]
      : []),
    ...(against !== baselineWord && contenders?.includes(against)
      ? [
          {
            place: place(shape.key),
            message: `\`${against}\` is compared with itself`,
            fix: 'name another contender, or `baseline`',
          },
        ]
      : []),
  ];
  if ('message' in asked || mistakes.length > 0) return { mistakes };
  const { form } = asked;
  return {
    mistakes,
    gate: { ...measuredOf(shape, place), kind: 'comparison', claim, against, form, marginText: quantity?.text },
  };
};

/** Turns a gate of a known shape into what it asks, or says what in it does not fit together. */
export const checkShape = (shape: Shape, place: PlaceOf): Checked => {
  if (shape.key === 'solved')
    return { mistakes: [], gate: { ...commonOf(shape, place), kind: 'solved', solved: shape.solved } };
  const metric = known.get(shape.metric);
  if (metric === undefined) throw new RangeError(`no metric ${shape.metric}`);
  return shape.key === 'at_least' || shape.key === 'at_most'
    ? checkValue(shape, metric, place)
    : checkComparison(shape, metric, place);
};
