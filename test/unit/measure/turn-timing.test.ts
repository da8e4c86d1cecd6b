import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTokensPerSecond, endToEndTokensPerSecond, timingOf } from '../../../src/measure/turn-timing.ts';
import { aTurn } from '../../support/turns.ts';

describe('timingOf', () => {
  it('names a plain answer', () => {
    const turn = aTurn({ headers: 80, firstContent: 100, firstText: 100, lastContent: 1000, terminal: 1000 });
    expect(timingOf(turn)).toEqual({
      ttftMs: 100,
      ttfoMs: 100,
      timeToFirstToolMs: undefined,
      durationMs: 1000,
      decodeTokensPerSecond: 100,
      endToEndTokensPerSecond: 100,
      interTokenMs: 900 / 99,
      tokensPerChunk: 10,
      networkMs: undefined,
    });
  });

  it('tells the first token of any channel from the first that is not reasoning', () => {
    const stamps = {
      firstContent: 50,
      firstReasoning: 50,
      firstText: 90,
      firstTool: 70,
      lastContent: 200,
      terminal: 200,
    };
    expect(timingOf(aTurn(stamps))).toMatchObject({ ttftMs: 50, ttfoMs: 70, timeToFirstToolMs: 70 });
  });

  it('does not count the tokens of a bundled first chunk as decoded in the window', () => {
    const stamps = { firstContent: 100, firstText: 100, lastContent: 600, terminal: 600 };
    const turn = aTurn(stamps, { firstChunkCharacters: 50 });
    expect(timingOf(turn).decodeTokensPerSecond).toBe(100);
  });

  it('gives no decode rate below two content chunks or from a single read', () => {
    const stamps = { firstContent: 100, firstText: 100, lastContent: 100, terminal: 130 };
    expect(timingOf(aTurn(stamps, { contentChunks: 1 })).decodeTokensPerSecond).toBeUndefined();
    expect(timingOf(aTurn(stamps)).decodeTokensPerSecond).toBeUndefined();
    expect(timingOf(aTurn(stamps)).endToEndTokensPerSecond).toBeCloseTo(100 / 0.13, 9);
  });

  it('never lets hidden reasoning inflate the decode rate', () => {
    // The reference's example: 1,000 tokens of which 700 hidden, TTFT 8 s, 4.3 s visible: 233 naively, 70 visible, 81 end to end.
    const stamps = { firstContent: 8000, firstText: 8000, lastContent: 12_300, terminal: 12_300 };
    const counts = { contentChunks: 300, contentCharacters: 1200, firstChunkCharacters: 0 };
    const stated = timingOf(aTurn(stamps, { ...counts, usage: { output: 1000, reasoning: 700 } }));
    expect(stated.decodeTokensPerSecond).toBeCloseTo(300 / 4.3, 9);
    expect(stated.endToEndTokensPerSecond).toBeCloseTo(1000 / 12.3, 9);
    const uncounted = timingOf(aTurn(stamps, { ...counts, reasoningHidden: true, usage: { output: 1000 } }));
    expect(uncounted.decodeTokensPerSecond).toBeUndefined();
    const summary = aTurn(
      { ...stamps, firstReasoning: 4000, firstContent: 4000 },
      { ...counts, reasoningHidden: true },
    );
    expect(timingOf({ ...summary, usage: { output: 1000, reasoning: 700 } }).decodeTokensPerSecond).toBeUndefined();
  });

  it('gives no decode rate where more tokens are counted than characters shown, though nobody speaks of reasoning', () => {
    const stamps = { firstContent: 8000, firstText: 8000, lastContent: 9000, terminal: 9000 };
    const counts = { contentChunks: 50, contentCharacters: 200, firstChunkCharacters: 0 };
    expect(timingOf(aTurn(stamps, { ...counts, usage: { output: 700 } })).decodeTokensPerSecond).toBeUndefined();
    expect(timingOf(aTurn(stamps, { ...counts, usage: { output: 200 } })).decodeTokensPerSecond).toBe(200);
  });

  it('counts shown reasoning once: the output already includes it', () => {
    const stamps = { firstContent: 100, firstReasoning: 100, firstText: 500, lastContent: 1000, terminal: 1000 };
    const turn = aTurn(stamps, { usage: { output: 100, reasoning: 60 } });
    expect(timingOf(turn).decodeTokensPerSecond).toBe(100);
  });

  it('knows nothing of tokens that nobody counted', () => {
    const stamps = { firstContent: 100, firstText: 100, lastContent: 1000, terminal: 1000 };
    expect(timingOf(aTurn(stamps, { usage: {} }))).toMatchObject({
      ttftMs: 100,
      durationMs: 1000,
      decodeTokensPerSecond: undefined,
      endToEndTokensPerSecond: undefined,
      tokensPerChunk: undefined,
    });
  });

  it('ends a turn that was cut with its last content, without an end-to-end rate', () => {
    const stamps = { firstContent: 100, firstText: 100, lastContent: 400 };
    expect(timingOf(aTurn(stamps))).toMatchObject({ durationMs: 400, endToEndTokensPerSecond: undefined });
    expect(timingOf(aTurn({}))).toMatchObject({ ttftMs: undefined, durationMs: undefined });
  });

  it('takes the network share from what the provider says it took', () => {
    const stamps = { firstContent: 100, firstText: 100, lastContent: 900, terminal: 1000 };
    expect(timingOf(aTurn(stamps, { serverTiming: { source: 's', totalMs: 940 } })).networkMs).toBe(60);
    const unstated = aTurn(stamps, { serverTiming: { source: 's', beforeAnswerMs: 40 } });
    expect(timingOf(unstated).networkMs).toBeUndefined();
  });
});

describe('rates over many turns', () => {
  it('are sums over sums, not means of rates', () => {
    const slow = aTurn({ firstContent: 0, lastContent: 9000, terminal: 9000 }, { firstChunkCharacters: 0 });
    const fast = aTurn({ firstContent: 0, lastContent: 1000, terminal: 1000 }, { firstChunkCharacters: 0 });
    expect(decodeTokensPerSecond([slow, fast])).toBe(20);
    expect(endToEndTokensPerSecond([slow, fast])).toBe(20);
    expect(decodeTokensPerSecond([])).toBeUndefined();
  });

  it('lie between the slowest and the fastest turn', () => {
    const turn = fc
      .record({ window: fc.integer({ min: 1, max: 10_000 }), output: fc.integer({ min: 2, max: 5000 }) })
      .map(({ window, output }) =>
        aTurn(
          { firstContent: 10, lastContent: 10 + window, terminal: 10 + window },
          { usage: { output }, contentCharacters: 4 * output, firstChunkCharacters: output },
        ),
      );
    fc.assert(
      fc.property(fc.array(turn, { minLength: 1, maxLength: 8 }), (turns) => {
        const rates = turns.map((one) => timingOf(one).decodeTokensPerSecond ?? Number.NaN);
        const all = decodeTokensPerSecond(turns) ?? Number.NaN;
        expect(all).toBeGreaterThanOrEqual(Math.min(...rates) * (1 - 1e-12));
        expect(all).toBeLessThanOrEqual(Math.max(...rates) * (1 + 1e-12));
      }),
    );
  });
});
