import { describe, expect, it } from 'vitest';
import { configSchema } from '../../../src/run/config/schema.ts';
import { parseYaml } from '../../../src/yaml/parse.ts';

const fileWith = (prices: string): string =>
  `endpoints:\n  spark:\n    simulate: sim-wafer\n    prices: ${prices}\ncontenders: [{ name: spark, endpoint: spark }]\nsuites: [terminal]\n`;
const read = (prices: string) => parseYaml(fileWith(prices), 'tacho.yaml', configSchema).value.endpoints.spark?.prices;

const least = 'input_usd_per_million_tokens: 1.25, output_usd_per_million_tokens: 10';

describe('prices', () => {
  it('are dollars per million tokens, with a day and a source', () => {
    expect(
      read(
        `{ ${least}, cached_input_usd_per_million_tokens: 0.125, cache_write_usd_per_million_tokens: 1.5, as_of: 2026-03-01, source: price list }`,
      ),
    ).toEqual({
      inputUsdPerMillionTokens: 1.25,
      cachedInputUsdPerMillionTokens: 0.125,
      cacheWriteUsdPerMillionTokens: 1.5,
      outputUsdPerMillionTokens: 10,
      asOf: '2026-03-01',
      source: 'price list',
    });
  });

  it('of the cache may be left out, and may be nothing', () => {
    expect(read(`{ ${least} }`)).toMatchObject({ inputUsdPerMillionTokens: 1.25, outputUsdPerMillionTokens: 10 });
    expect(read(`{ ${least.replace('1.25', '0')} }`)?.inputUsdPerMillionTokens).toBe(0);
  });

  it.each([
    ['without output', '{ input_usd_per_million_tokens: 1 }', /output_usd_per_million_tokens` is missing/],
    ['with a unit', `{ ${least.replace('1.25', '"1.25 USD"')} }`, /as a plain number, such as 1\.25/],
    ['below nothing', `{ ${least.replace('1.25', '-1')} }`, /a price is not negative/],
    ['without end', `{ ${least.replace('1.25', '.inf')} }`, /as a plain number/],
    [
      'with a slip in a key',
      `{ ${least.replace('output_usd_per_milion', 'output_usd_per_million').replace('input_usd_per_million_tokens', 'input_usd_per_milion_tokens')} }`,
      /did you mean `input_usd_per_million_tokens`/,
    ],
    [
      'with a key without a unit',
      `{ ${least}, cached_input: 1 }`,
      /known keys here: .*cached_input_usd_per_million_tokens|did you mean/,
    ],
    ['with a day that is none', `{ ${least}, as_of: last week }`, /expected a date such as 2026-03-01/],
    ['as one number', '1.25', /prices/],
  ])('%s are a mistake, with its place', (_what, prices, wording) => {
    expect(() => read(prices)).toThrow(/prices/);
    expect(() => read(prices)).toThrow(expect.objectContaining({ where: expect.stringMatching(/^tacho\.yaml:4:/) }));
    try {
      read(prices);
    } catch (error) {
      const { message, fix } = error as { message: string; fix?: string };
      expect(`${message} ${fix}`).toMatch(wording);
    }
  });
});
