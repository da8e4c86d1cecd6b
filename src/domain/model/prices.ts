/** What an endpoint charges. Reasoning is output. */
export type TokenPrices = {
  readonly inputUsdPerMillionTokens: number;
  /** Undefined: as any other input. */
  readonly cachedInputUsdPerMillionTokens?: number | undefined;
  /** Undefined: as any other input. */
  readonly cacheWriteUsdPerMillionTokens?: number | undefined;
  readonly outputUsdPerMillionTokens: number;
  /** The day on which they were valid: 2026-03-01. */
  readonly asOf?: string | undefined;
  /** Where they come from, for people. */
  readonly source?: string | undefined;
};

/** Prices in words: `input 3, cached input 0.3, output 12 USD per million tokens (as of 2026-03-01)`. */
export const pricesText = (prices: TokenPrices): string => {
  const parts = [
    ['input', prices.inputUsdPerMillionTokens],
    ['cached input', prices.cachedInputUsdPerMillionTokens],
    ['cache write', prices.cacheWriteUsdPerMillionTokens],
    ['output', prices.outputUsdPerMillionTokens],
  ] as const;
  const stated = parts.flatMap(([name, usd]) => (usd === undefined ? [] : [`${name} ${usd}`])).join(', ');
  const origin = [prices.asOf && `as of ${prices.asOf}`, prices.source].filter(Boolean).join(', ');
  return `${stated} USD per million tokens${origin === '' ? '' : ` (${origin})`}`;
};

/** Prices by endpoint id; an endpoint that is not in it has none that we know. */
export type PriceList = ReadonlyMap<string, TokenPrices>;
