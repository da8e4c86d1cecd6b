import type { PriceList, TokenPrices } from '../domain/model/prices.ts';
import type { Usage } from '../domain/model/stream.ts';
import type { Turn } from '../domain/model/turn.ts';
import { sum } from './sample/moments.ts';

const million = 1_000_000;

/**
 * Tokens × prices, in US dollars; undefined where input or output tokens are not stated. Input tokens that nobody says to be cached count as
 * uncached: without that statement the cost is an upper bound.
 */
export const usageCostUsd = (
  { input, output, cachedInput = 0, cacheWrite = 0 }: Usage,
  prices: TokenPrices,
): number | undefined => {
  if (input === undefined || output === undefined) return undefined;
  const {
    inputUsdPerMillionTokens: plain,
    cachedInputUsdPerMillionTokens: cached = plain,
    cacheWriteUsdPerMillionTokens: written = plain,
    outputUsdPerMillionTokens: out,
  } = prices;
  return (
    ((input - cachedInput - cacheWrite) * plain + cachedInput * cached + cacheWrite * written + output * out) / million
  );
};

/** What one model call cost in US dollars, by the prices of its own endpoint; undefined without prices or tokens. */
export const turnCostUsd = (
  { endpoint, usage }: Pick<Turn, 'endpoint' | 'usage'>,
  prices: PriceList,
): number | undefined => {
  const own = prices.get(endpoint);
  return own && usageCostUsd(usage, own);
};

/** The calls of an attempt, and the endpoints that it could have called. */
type Called = { readonly endpoints: readonly string[]; readonly turns: readonly Pick<Turn, 'endpoint' | 'usage'>[] };

const hasPrices = ({ endpoints }: Called, prices: PriceList): boolean =>
  endpoints.length > 0 && endpoints.every((id) => prices.has(id));

/**
 * What those model calls of an attempt cost, in US dollars, whose tokens are stated: what the attempt cost at least. Undefined as soon as one
 * endpoint has no prices. An attempt that broke before its first call cost nothing.
 */
export const leastCostUsd = (called: Called, prices: PriceList): number | undefined =>
  hasPrices(called, prices) ? sum(called.turns.map((turn) => turnCostUsd(turn, prices) ?? 0)) : undefined;

/** What all model calls of an attempt cost in US dollars; undefined as soon as one endpoint has no prices or one call no tokens. */
export const attemptCostUsd = (called: Called, prices: PriceList): number | undefined =>
  called.turns.every((turn) => turnCostUsd(turn, prices) !== undefined) ? leastCostUsd(called, prices) : undefined;
