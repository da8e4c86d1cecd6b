import { z } from 'zod';
import { measurables } from '../../analysis/evidence/measurables.ts';
import { duration } from '../../yaml/quantity.ts';
import { attemptCount, quantity } from './quantity.ts';

const oneOrMore = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/** Which tasks a gate is about: every key must fit, of several values one. */
const where = z
  .strictObject({
    suite: oneOrMore.optional(),
    task: oneOrMore.optional(),
    tag: oneOrMore.optional(),
    difficulty: oneOrMore.optional(),
    language: oneOrMore.optional(),
    category: oneOrMore.optional(),
  })
  .meta({ id: 'where', description: 'the tasks it is about; all keys must fit, of several values one' });

export const ifInconclusive = z
  .enum(['fail', 'warn', 'pass'])
  .describe('what an inconclusive verdict does; default: fail in CI, warn elsewhere');

const identity = {
  name: z.string().min(1).describe('what people see'),
  contender: oneOrMore.optional().describe('one or more contenders of the run; default: each of them'),
  level: z
    .enum(['must', 'should', 'info'])
    .default('must')
    .describe('must decides the exit code, should warns, info only tells'),
  source: z.string().min(1).optional().describe('where the statement comes from'),
};

const metric = z
  .enum(measurables().map(({ name }) => name))
  .meta({ id: 'metric', description: 'a metric of the catalogue, without its unit' });

const measured = {
  ...identity,
  metric,
  statistic: z
    .string()
    .regex(
      /^(mean|median|min|max|per-solved|cost-per-trial|cost-per-solved|p\d{1,2}(\.\d+)?)$/,
      'expected mean, median, min, max or p95',
    )
    .optional()
    .describe('what is taken of many values: mean (default), median, p95, …; min and max only as observed'),
  within: duration.optional().describe('the time that solved_within is about'),
  where: where.optional(),
  evidence: z
    .enum(['proven', 'observed'])
    .default('proven')
    .describe('proven: the confidence bound must hold; observed: the value itself'),
  if_inconclusive: z
    .enum([...ifInconclusive.options, 'run_more'])
    .optional()
    .describe(
      'what an inconclusive verdict does; run_more: a second look at a run of `up_to` attempts; default: fail in CI, warn elsewhere',
    ),
  up_to: attemptCount.optional().describe('attempts at each task in the run of the second look; with run_more'),
};

const reference = z.string().min(1).describe('a contender of the run, or `baseline`: the same one in the baseline run');

/** The six things that a gate can say, by the key that says it. */
export const shapes = {
  at_least: z.strictObject({ ...measured, at_least: quantity }),
  at_most: z.strictObject({ ...measured, at_most: quantity }),
  not_worse_than: z.strictObject({ ...measured, not_worse_than: reference, by_more_than: quantity }),
  better_than: z.strictObject({ ...measured, better_than: reference, by_at_least: quantity.optional() }),
  faster_than: z.strictObject({ ...measured, faster_than: reference, by_at_least: quantity.optional() }),
  solved: z.strictObject({
    ...identity,
    tasks: where.optional(),
    solved: z.enum(['every_attempt', 'at_least_once']),
  }),
} as const;

export type ShapeKey = keyof typeof shapes;
export const shapeKeys = Object.keys(shapes) as readonly ShapeKey[];

export type Where = z.output<typeof where>;
export type Shape = { readonly [Key in ShapeKey]: { readonly key: Key } & z.output<(typeof shapes)[Key]> }[ShapeKey];
export type MeasuredShape = Exclude<Shape, { readonly key: 'solved' }>;
