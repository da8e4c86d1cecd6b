import type { EndpointDescription } from '../domain/run.ts';
import type { TrialFacts } from '../measure/trial-facts.ts';
import { judgedOf } from './trials.ts';

type Priced = Pick<EndpointDescription, 'id' | 'prices'>;

/** Why a contender with these endpoints and trials has no cost, and what would give it one; undefined where it has. */
export const whyNoCost = (
  endpoints: readonly Priced[],
  trials: readonly TrialFacts[],
  remedy = 'declare `prices` there in tacho.yaml before the run (docs/configuration.md)',
): string | undefined => {
  if (endpoints.length === 0) return 'it calls no endpoint';
  const unpriced = endpoints.filter(({ prices }) => prices === undefined).map(({ id }) => `\`${id}\``);
  if (unpriced.length > 0) return `no prices of endpoint ${unpriced.join(' and ')}: ${remedy}`;
  const judged = judgedOf(trials);
  const unknown = judged.filter(({ costUsd }) => costUsd === undefined).length;
  if (unknown === 0) return undefined;
  return `in ${unknown} of ${judged.length} judged trials the endpoint did not state the tokens of a model call`;
};
