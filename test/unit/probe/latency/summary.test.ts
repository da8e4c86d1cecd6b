import { describe, expect, it } from 'vitest';
import { summariseLatency } from '../../../../src/probe/latency/summary.ts';
import { anArm, someCalls } from '../../../support/probe-calls.ts';

const arms = [anArm('spark/sse'), anArm('spark/websocket')];
const times = {
  'spark/sse': { signMs: 50, ttftMs: 300, perTokenUs: 1200 },
  'spark/websocket': { signMs: 10, ttftMs: 150, perTokenUs: 1140 },
};

describe('the summary of a latency probe', () => {
  it('recovers what one arm saves, each metric from its own cells', () => {
    const [comparison] = summariseLatency(arms, someCalls(times)).comparisons;
    expect(comparison).toMatchObject({ base: 'spark/sse', other: 'spark/websocket' });
    const { roundTrip, ttft, overheadPerToken, timePerToken } = comparison?.reductions ?? {};
    expect(roundTrip).toMatchObject({ reduction: expect.closeTo(0.8, 9), pairs: 8 });
    expect(ttft).toMatchObject({ reduction: expect.closeTo(0.5, 9), pairs: 16 });
    expect(overheadPerToken).toMatchObject({ reduction: expect.closeTo(0.3, 6), pairs: 8 });
    expect(timePerToken).toMatchObject({ reduction: expect.closeTo(0.05, 9), pairs: 8 });
  });

  it("gives each arm's medians, prompt sizes and loads", () => {
    const [sse] = summariseLatency(arms, someCalls(times)).arms;
    expect(sse?.roundTripMs).toMatchObject({ median: 50, n: 8 });
    expect(sse?.prompts.map(({ cell, ttftMs }) => [cell.promptTokens, ttftMs.median])).toEqual([
      [100, 300],
      [1000, 300],
    ]);
    // Two streams of 128 tokens at once, the last content 300 + 127 × 1.2 ms after the dispatch of both.
    expect(sse?.loads).toMatchObject([{ streams: 2, failures: 0, ttftMs: { n: 16 } }]);
    expect(sse?.loads[0]?.totalTokensPerSecond.median).toBeCloseTo((256 / (300 + 127 * 1.2)) * 1000, 6);
  });

  it('counts failed calls and leaves them out of every figure and pair', () => {
    const calls = someCalls(times).map((call) =>
      call.round === 0 ? { ...call, turn: undefined, failure: { fault: 'timeout', message: 'too late' } } : call,
    );
    const { arms: figures, comparisons } = summariseLatency(arms, calls);
    expect(figures[0]).toMatchObject({ failures: 6, roundTripMs: { n: 7 } });
    expect(comparisons[0]?.reductions.ttft?.pairs).toBe(14);
  });

  it('does not compare an arm whose endpoint fell back to another transport', () => {
    const calls = someCalls(times).map((call) =>
      call.arm === 'spark/websocket' && call.turn !== undefined
        ? { ...call, turn: { ...call.turn, connection: { reused: true, fallback: 'sse' } } }
        : call,
    );
    const summary = summariseLatency(arms, calls);
    expect(summary.arms[1]?.fallback).toBe('sse');
    expect(summary.comparisons[0]?.reductions).toEqual({
      roundTrip: undefined,
      ttft: undefined,
      timePerToken: undefined,
      overheadPerToken: undefined,
    });
  });

  it('compares transports within an endpoint, and the first arms between endpoints', () => {
    const others = [anArm('codex', { id: 'codex' })];
    const { comparisons } = summariseLatency([...arms, ...others], []);
    expect(comparisons.map(({ base, other }) => [base, other])).toEqual([
      ['spark/sse', 'spark/websocket'],
      ['spark/sse', 'codex'],
    ]);
  });
});
