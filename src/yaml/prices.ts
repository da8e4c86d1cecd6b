import { z } from 'zod';
import type { TokenPrices } from '../domain/model/prices.ts';

const usd = z
  .number({ error: 'expected US dollars per million tokens as a plain number, such as 1.25' })
  .nonnegative({ error: 'a price is not negative' });

/** What an endpoint charges, in US dollars per million tokens: in tacho.yaml and in gates.yaml alike. */
export const prices = z
  .strictObject({
    input_usd_per_million_tokens: usd,
    cached_input_usd_per_million_tokens: usd.optional().describe('input read from a cache; default: as input'),
    cache_write_usd_per_million_tokens: usd.optional().describe('input written to a cache; default: as input'),
    output_usd_per_million_tokens: usd.describe('reasoning counts as output'),
    as_of: z.iso
      .date({ error: 'expected a date such as 2026-03-01' })
      .optional()
      .describe('the day on which these prices were valid'),
    source: z.string().min(1).optional().describe('where they come from, for people'),
  })
  .transform(
    (stated): TokenPrices => ({
      inputUsdPerMillionTokens: stated.input_usd_per_million_tokens,
      cachedInputUsdPerMillionTokens: stated.cached_input_usd_per_million_tokens,
      cacheWriteUsdPerMillionTokens: stated.cache_write_usd_per_million_tokens,
      outputUsdPerMillionTokens: stated.output_usd_per_million_tokens,
      asOf: stated.as_of,
      source: stated.source,
    }),
  );
