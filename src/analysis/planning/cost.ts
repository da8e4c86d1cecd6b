import type { TokenPrices } from '../../domain/model/prices.ts';
import type { EndpointDescription } from '../../domain/run.ts';
import { clusteredMean, clusteredMeanInterval } from '../../measure/cluster/clustered-mean.ts';
import { usageCostUsd } from '../../measure/cost.ts';
import { sum } from '../../measure/sample/moments.ts';
import type { TrialFacts } from '../../measure/trial-facts.ts';
import { clusters } from '../trials.ts';
import { whyNoCost } from '../why-no-cost.ts';

/** US dollars: what is expected, and the range to reckon with. */
export type ExpectedCost = { readonly expected: number; readonly low: number; readonly high: number };

type Priced = Pick<EndpointDescription, 'id' | 'prices'>;

/**
 * As in the pilot: the mean over its trials with its 95% interval clustered by task. Their tokens by the price of the one endpoint, whatever it was
 * called in the pilot; of a hybrid their cost call by call.
 */
const pilotCost = (trials: readonly TrialFacts[], prices: readonly TokenPrices[]): ExpectedCost | undefined => {
  const [only, another] = prices;
  const costOf = ({ usage, costUsd }: TrialFacts): number | undefined =>
    only === undefined || another !== undefined ? costUsd : usageCostUsd(usage, only);
  const found = clusteredMean(clusters(trials, costOf));
  if (found === undefined) return undefined;
  const { low, high } = clusteredMeanInterval(found) ?? { low: found.mean, high: found.mean };
  return { expected: found.mean, low: Math.max(0, low), high };
};

/** Of assumed tokens: from all input read from the cache of the cheapest endpoint to none from that of the dearest; their middle is expected. */
const assumedCost = (
  tokens: { readonly input: number; readonly output: number },
  prices: readonly TokenPrices[],
): ExpectedCost => {
  const costs = prices.flatMap((price) =>
    [0, tokens.input].map((cachedInput) => usageCostUsd({ ...tokens, cachedInput }, price) ?? 0),
  );
  const [low, high] = [Math.min(...costs), Math.max(...costs)];
  return { expected: (low + high) / 2, low, high };
};

const times = ({ expected, low, high }: ExpectedCost, count: number): ExpectedCost => ({
  expected: expected * count,
  low: low * count,
  high: high * count,
});

/**
 * What so many trials of a contender will cost, or why that is unknown. `pilot` are its trials in the pilot, by the prices of these endpoints; without
 * any the tokens are assumed. A contender that calls no endpoint costs nothing.
 */
export const planCost = (
  trials: number,
  {
    endpoints,
    pilot,
    tokens,
  }: {
    readonly endpoints: readonly Priced[];
    readonly pilot: readonly TrialFacts[] | undefined;
    readonly tokens: { readonly input: number; readonly output: number };
  },
): ExpectedCost | { readonly unknown: string } => {
  if (endpoints.length === 0) return { expected: 0, low: 0, high: 0 };
  const prices = endpoints.flatMap((endpoint) => endpoint.prices ?? []);
  if (prices.length < endpoints.length)
    return { unknown: whyNoCost(endpoints, [], 'declare `prices` there in tacho.yaml') ?? '' };
  const cost = pilot === undefined ? assumedCost(tokens, prices) : pilotCost(pilot, prices);
  return cost === undefined ? { unknown: 'no trial of the pilot states all of its tokens' } : times(cost, trials);
};

/** The cost of all, where that of each is known. The ends add up: costs that are high together. */
export const totalCost = (
  costs: readonly (ExpectedCost | { readonly unknown: string })[],
): ExpectedCost | { readonly unknown: string } => {
  const unknown = costs.find((cost) => 'unknown' in cost);
  if (unknown !== undefined) return unknown;
  const known = costs.filter((cost) => 'expected' in cost);
  const over = (part: keyof ExpectedCost) => sum(known.map((cost) => cost[part]));
  return { expected: over('expected'), low: over('low'), high: over('high') };
};
