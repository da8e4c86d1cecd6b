import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PriceList, TokenPrices } from '../../../src/domain/model/prices.ts';
import type { Usage } from '../../../src/domain/model/stream.ts';
import { attemptCostUsd, leastCostUsd, turnCostUsd, usageCostUsd } from '../../../src/measure/cost.ts';

const flat: TokenPrices = { inputUsdPerMillionTokens: 2, outputUsdPerMillionTokens: 10 };
const cached: TokenPrices = {
  ...flat,
  cachedInputUsdPerMillionTokens: 0.2,
  cacheWriteUsdPerMillionTokens: 2.5,
};
const list: PriceList = new Map([
  ['fast', flat],
  ['right', cached],
]);

describe('the cost of tokens', () => {
  it.each<[string, Usage, TokenPrices, number | undefined]>([
    ['a million tokens each way', { input: 1e6, output: 1e6 }, flat, 12],
    ['reasoning is output already', { input: 0, output: 1e6, reasoning: 9e5 }, flat, 10],
    [
      'cached input is input with a price of its own',
      { input: 1e6, cachedInput: 6e5, output: 0 },
      cached,
      0.4 * 2 + 0.6 * 0.2,
    ],
    [
      'so is input written to a cache',
      { input: 1e6, cachedInput: 5e5, cacheWrite: 2e5, output: 0 },
      cached,
      0.6 + 0.1 + 0.5,
    ],
    [
      'without a price of its own it costs as any input',
      { input: 1e6, cachedInput: 6e5, cacheWrite: 1e5, output: 0 },
      flat,
      2,
    ],
    ['input that nobody says to be cached is not', { input: 1e6, output: 0 }, cached, 2],
    ['unknown output is not free', { input: 1e6 }, flat, undefined],
    ['unknown input is not free', { output: 1e6 }, flat, undefined],
    ['free is free', { input: 1e6, output: 1e6 }, { inputUsdPerMillionTokens: 0, outputUsdPerMillionTokens: 0 }, 0],
  ])('%s', (_what, usage, prices, expected) => {
    const found = usageCostUsd(usage, prices);
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toBeCloseTo(expected, 12);
  });
});

const turn = (endpoint: string, usage: Usage) => ({ endpoint, usage });
const some: Usage = { input: 1e6, output: 1e5 };

describe('the cost of an attempt', () => {
  it('of a hybrid prices each call by its own endpoint', () => {
    const turns = [turn('fast', some), turn('right', { ...some, cachedInput: 1e6 })];
    expect(attemptCostUsd({ endpoints: ['fast', 'right'], turns }, list)).toBeCloseTo(3 + 1.2, 12);
  });

  it('is unknown without the prices of one of its endpoints, or the tokens of one of its calls', () => {
    const turns = [turn('fast', some)];
    expect(attemptCostUsd({ endpoints: ['fast', 'nobody'], turns }, list)).toBeUndefined();
    expect(
      attemptCostUsd({ endpoints: ['fast'], turns: [...turns, turn('fast', { input: 5 })] }, list),
    ).toBeUndefined();
    expect(attemptCostUsd({ endpoints: [], turns: [] }, list)).toBeUndefined();
    expect(turnCostUsd(turn('constructor', some), list)).toBeUndefined();
  });

  it('that broke before its first call is nothing, where a call would have had a price', () => {
    expect(attemptCostUsd({ endpoints: ['fast'], turns: [] }, list)).toBe(0);
  });

  it('is at least that of the calls that are known, where all endpoints have prices', () => {
    const turns = [turn('fast', some), turn('fast', { input: 5 })];
    expect(leastCostUsd({ endpoints: ['fast'], turns }, list)).toBeCloseTo(3, 12);
    expect(leastCostUsd({ endpoints: ['fast', 'nobody'], turns }, list)).toBeUndefined();
  });
});

const amount = fc.integer({ min: 0, max: 2e6 });
const usage = fc.tuple(amount, amount, amount, amount).map(
  ([plain, cachedInput, cacheWrite, output]): Usage => ({
    input: plain + cachedInput + cacheWrite,
    cachedInput,
    cacheWrite,
    output,
  }),
);
const usd = fc.double({ min: 0, max: 100, noNaN: true });
const prices = fc.record({
  inputUsdPerMillionTokens: usd,
  cachedInputUsdPerMillionTokens: fc.option(usd, { nil: undefined }),
  cacheWriteUsdPerMillionTokens: fc.option(usd, { nil: undefined }),
  outputUsdPerMillionTokens: usd,
});
const turns = fc.array(fc.record({ endpoint: fc.constantFrom('fast', 'right'), usage }), { maxLength: 8 });
const lists = fc.tuple(prices, prices).map(
  ([fast, right]): PriceList =>
    new Map<string, TokenPrices>([
      ['fast', fast],
      ['right', right],
    ]),
);
const endpoints = ['fast', 'right'];
const near = (found: number | undefined, expected: number): void =>
  expect(Math.abs((found ?? Number.NaN) - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));

const scaled = (list: PriceList, factor: number): PriceList =>
  new Map(
    [...list].map(([id, one]) => [
      id,
      {
        inputUsdPerMillionTokens: one.inputUsdPerMillionTokens * factor,
        cachedInputUsdPerMillionTokens:
          one.cachedInputUsdPerMillionTokens === undefined ? undefined : one.cachedInputUsdPerMillionTokens * factor,
        cacheWriteUsdPerMillionTokens:
          one.cacheWriteUsdPerMillionTokens === undefined ? undefined : one.cacheWriteUsdPerMillionTokens * factor,
        outputUsdPerMillionTokens: one.outputUsdPerMillionTokens * factor,
      },
    ]),
  );

describe('any cost', () => {
  it('is additive over calls', () => {
    fc.assert(
      fc.property(turns, turns, lists, (before, after, list) => {
        const [first, second] = [before, after].map(
          (part) => attemptCostUsd({ endpoints, turns: part }, list) ?? Number.NaN,
        );
        near(attemptCostUsd({ endpoints, turns: [...before, ...after] }, list), (first ?? 0) + (second ?? 0));
      }),
    );
  });

  it('scales with the prices', () => {
    fc.assert(
      fc.property(turns, lists, fc.double({ min: 0, max: 50, noNaN: true }), (some, list, factor) => {
        const cost = attemptCostUsd({ endpoints, turns: some }, list) ?? Number.NaN;
        near(attemptCostUsd({ endpoints, turns: some }, scaled(list, factor)), cost * factor);
      }),
    );
  });

  it('is never negative, and unknown as soon as one call is', () => {
    fc.assert(
      fc.property(turns, lists, (some, list) => {
        expect(attemptCostUsd({ endpoints, turns: some }, list)).toBeGreaterThanOrEqual(0);
        const cut = { endpoints, turns: [...some, turn('fast', {})] };
        expect(attemptCostUsd(cut, list)).toBeUndefined();
        expect(leastCostUsd(cut, list)).toBe(attemptCostUsd({ endpoints, turns: some }, list));
      }),
    );
  });
});
