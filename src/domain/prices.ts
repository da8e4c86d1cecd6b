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

/** Prices by endpoint id; an endpoint that is not in it has none that we know. */
export type PriceList = ReadonlyMap<string, TokenPrices>;
