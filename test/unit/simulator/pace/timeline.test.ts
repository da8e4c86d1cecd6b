import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layTimeline } from '../../../../src/simulator/pace/timeline.ts';
import { randomFrom } from '../../../../src/simulator/plan/random.ts';
import type { PlannedTurn } from '../../../../src/simulator/plan/turn.ts';
import { aProfile } from '../../../support/simulator.ts';

const aTurn = (hidden: number, visible: number, input = 0): PlannedTurn => ({
  parts: [
    { channel: 'reasoning', tokens: Array.from({ length: hidden }, () => 'h'), sent: false },
    { channel: 'text', tokens: Array.from({ length: visible }, () => 'v'), sent: true },
  ],
  finish: 'stop',
  usage: { input, cachedInput: 0, output: hidden + visible, reasoning: hidden },
});
const lay = (turn: PlannedTurn, changes: Record<string, unknown> = {}, transport: 'sse' | 'websocket' = 'sse') =>
  layTimeline(turn, aProfile(changes), { transport, queueMs: 0, random: randomFrom(0.5) });
const millisecondsOf = (timeline: ReturnType<typeof lay>) => timeline.emissions.map((each) => each.dueNs / 1e6);

describe('layTimeline', () => {
  test('the first token after TTFT, the rest at the rate', () => {
    expect(millisecondsOf(lay(aTurn(0, 4)))).toEqual([100, 101, 102, 103]);
  });

  test('decode rate over events is exact for any grouping, bundle, jitter and rate', () => {
    fc.assert(
      fc.property(
        fc.record({ group: fc.integer({ min: 1, max: 7 }), bundle: fc.integer({ min: 1, max: 20 }) }),
        fc.constantFrom(70, 1000, 3000),
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ group, bundle }, rate, jitter) => {
          const chunks = { tokens_per_event: group, bundled_first_chunk: bundle };
          const { emissions } = lay(aTurn(0, 200), { rate: { tokens_per_second: rate, jitter }, chunks });
          const [first, last] = [emissions[0], emissions.at(-1)];
          if (first === undefined || last === undefined) throw new Error('no emissions');
          expect(first.tokens).toBe(bundle);
          expect(first.dueNs).toBe(100e6);
          expect(emissions.reduce((sum, each) => sum + each.tokens, 0)).toBe(200);
          const measured = (200 - first.tokens) / ((last.dueNs - first.dueNs) / 1e9);
          expect(measured / rate).toBeCloseTo(1, 6);
          const due = emissions.map((each) => each.dueNs);
          expect(due).toEqual([...due].sort((left, right) => left - right));
        },
      ),
    );
  });

  test('hidden reasoning takes its time before the first event', () => {
    expect(millisecondsOf(lay(aTurn(50, 2)))).toEqual([150, 151]);
  });

  test('prefill grows with the uncached input', () => {
    const ttft = { distribution: 'constant', ms: 100, prefill_ms_per_1k_tokens: 20 };
    expect(millisecondsOf(lay(aTurn(0, 1, 3000), { ttft }))).toEqual([160]);
  });

  test('the published overheads: −80% round trip, −30% per token, −50% TTFT', () => {
    const overhead = {
      sse: { round_trip_ms: 50, per_token_us: 500, ttft_factor: 1 },
      websocket: { round_trip_ms: 10, per_token_us: 350, ttft_factor: 0.65 },
    };
    expect(millisecondsOf(lay(aTurn(0, 3), { overhead }))).toEqual([150, 151.5, 153]);
    expect(millisecondsOf(lay(aTurn(0, 3), { overhead }, 'websocket'))).toEqual([75, 76.35, 77.7]);
    expect(lay(aTurn(0, 3), { overhead }).engine).toEqual({ queueMs: 0, prefillMs: 100, decodeMs: 3 });
  });

  test('a lognormal TTFT has its median where the profile says and differs by seed', () => {
    const profile = aProfile({ ttft: { distribution: 'lognormal', ms: 200, sigma: 0.3 } });
    const random = randomFrom(0.1);
    const samples = Array.from({ length: 2001 }, () => {
      const { emissions } = layTimeline(aTurn(0, 1), profile, { transport: 'sse', queueMs: 0, random });
      return (emissions[0]?.dueNs ?? 0) / 1e6;
    }).sort((left, right) => left - right);
    expect(samples[1000]).toBeGreaterThan(190);
    expect(samples[1000]).toBeLessThan(210);
    expect(samples[1600]).toBeGreaterThan(230);
  });

  test('a normal TTFT has the mean and the spread of the profile, and is never negative', () => {
    const sample = (ms: number, deviationMs: number) => {
      const ttft = { distribution: 'normal', ms, standard_deviation_ms: deviationMs };
      const random = randomFrom(0.1);
      return Array.from({ length: 2001 }, () => {
        const { emissions } = layTimeline(aTurn(0, 1), aProfile({ ttft }), { transport: 'sse', queueMs: 0, random });
        return (emissions[0]?.dueNs ?? Number.NaN) / 1e6;
      }).sort((left, right) => left - right);
    };
    const samples = sample(200, 20);
    expect(Math.abs((samples[1000] ?? 0) - 200)).toBeLessThan(3);
    // One standard deviation below and above the mean.
    expect(Math.abs((samples[Math.round(0.1587 * 2000)] ?? 0) - 180)).toBeLessThan(4);
    expect(Math.abs((samples[Math.round(0.8413 * 2000)] ?? 0) - 220)).toBeLessThan(4);
    expect(sample(10, 50)[0]).toBe(0);
  });
});
