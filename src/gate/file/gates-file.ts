import { z } from 'zod';
import type { withoutVerdictKinds } from '../../analysis/evidence/population.ts';
import { prices } from '../../yaml/prices.ts';
import { confidence } from './quantity.ts';
import { ifInconclusive, shapes } from './shapes.ts';

const treatment = z.enum(['exclude', 'count_as_failed']);

/** A judge that was worked on says nothing good about the contender, nor does an agent that ran out of time; our own faults are not its. */
const withoutVerdict = z
  .strictObject({
    infra_error: treatment.default('exclude'),
    agent_timeout: treatment.default('count_as_failed'),
    invalid: treatment.default('exclude'),
    tampered: treatment.default('count_as_failed'),
    missing: z
      .enum(['refuse', 'exclude', 'count_as_failed'])
      .default('refuse')
      .describe('planned trials without a record: a gate on an unfinished run is not evaluated, unless told otherwise'),
  } satisfies Record<(typeof withoutVerdictKinds)[number], z.ZodType>)
  .prefault({});

const header = {
  version: z.literal(1),
  baseline: z.string().min(1).optional().describe('folder of a finished run, relative to this file; --baseline wins'),
  confidence: confidence.prefault('95%').describe('of each bound, one-sided'),
  family: z
    .enum(['holm', 'none'])
    .default('holm')
    .describe('holm: the chance that any must gate fails wrongly stays at 1 − confidence'),
  if_inconclusive: ifInconclusive.optional(),
  trials_without_a_verdict: withoutVerdict,
  prices: z
    .record(z.string(), prices)
    .default({})
    .describe('by endpoint of the run, in place of the prices that the run was made with'),
};

/** gates.yaml before its gates are looked at: each is checked by the one shape that its key names. */
export const headerSchema = z.strictObject({
  ...header,
  gates: z
    .array(z.looseObject({}, { error: 'expected a gate: a name and what must hold' }), {
      error: 'expected a list of gates',
    })
    .min(1, 'state at least one gate'),
});
export type Header = z.output<typeof headerSchema>;

/** gates.yaml as a whole, for its JSON Schema. */
export const gatesSchema = z.strictObject({ ...header, gates: z.array(z.union(Object.values(shapes))).min(1) });
