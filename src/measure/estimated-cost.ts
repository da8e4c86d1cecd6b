import type { PriceList } from '../domain/model/prices.ts';
import type { Turn } from '../domain/model/turn.ts';
import { turnCostUsd } from './cost.ts';
import { sum } from './sample/moments.ts';

type Called = {
  readonly turns: readonly Pick<
    Turn,
    'endpoint' | 'usage' | 'contentCharacters' | 'reasoningHidden' | 'interruption'
  >[];
};

/** About how many characters a token has, as for wasted tokens. */
const charactersPerToken = 4;

/**
 * About what all model calls of an attempt cost, in US dollars, where some were cut off before they stated their tokens: their input is taken to be
 * what the call before read and wrote, since a conversation only grows; their output is its characters ÷ 4. Undefined where that cannot be said: of a
 * first call, of an answer that was partly hidden, without prices.
 */
export const estimatedCostUsd = ({ turns }: Called, prices: PriceList): number | undefined => {
  let before: number | undefined;
  const costs = turns.map(({ endpoint, usage, contentCharacters, reasoningHidden, interruption }) => {
    const input = usage.input ?? before;
    const seen = reasoningHidden === true ? undefined : contentCharacters / charactersPerToken;
    const output = usage.output ?? interruption?.wastedTokens ?? seen;
    before = input === undefined || output === undefined ? undefined : input + output;
    return turnCostUsd({ endpoint, usage: { ...usage, input, output } }, prices);
  });
  const known = costs.filter((cost) => cost !== undefined);
  return known.length < costs.length ? undefined : sum(known);
};
