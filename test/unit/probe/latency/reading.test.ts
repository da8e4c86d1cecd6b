import { describe, expect, it } from 'vitest';
import { readingOf } from '../../../../src/probe/latency/reading.ts';
import { aTurn } from '../../../support/records.ts';

describe('what a probe reads off a call', () => {
  it('takes the headers for the first sign over SSE', () => {
    expect(readingOf(aTurn()).roundTripMs).toBe(20);
  });

  it('takes the first frame over a WebSocket, whether its connection is new or not', () => {
    const stamps = { ...aTurn().stamps, firstEvent: 12e6 };
    const { headers: _none, ...reused } = stamps;
    expect(readingOf(aTurn({ stamps: reused, connection: { reused: true } })).roundTripMs).toBe(12);
    const opened = aTurn({ stamps: { ...stamps, headers: 3e6 }, connection: { reused: false, upgradeMs: 2 } });
    expect(readingOf(opened).roundTripMs).toBe(12);
  });

  it('knows no round trip where the first sign was held back until the first token', () => {
    const stamps = { ...aTurn().stamps, headers: 49.5e6 };
    expect(readingOf(aTurn({ stamps })).roundTripMs).toBeUndefined();
  });

  it("takes a token's time apart by the engine's own clock", () => {
    // 101 tokens in 101 chunks, the first at 50 ms, the last at 150 ms: 1,000 µs a token.
    const turn = aTurn({ serverTiming: { source: 'cerebras.time_info', decodeMs: 80.8 } });
    const { timePerTokenUs, enginePerTokenUs, overheadPerTokenUs } = readingOf(turn);
    expect(timePerTokenUs).toBeCloseTo(1000, 6);
    expect(enginePerTokenUs).toBeCloseTo(800, 6);
    expect(overheadPerTokenUs).toBeCloseTo(200, 6);
  });

  it("believes the user's knowledge of the engine before the endpoint's, and knows nothing without either", () => {
    const turn = aTurn({ serverTiming: { source: 'cerebras.time_info', decodeMs: 80.8 } });
    expect(readingOf(turn, 2000).overheadPerTokenUs).toBeCloseTo(500, 6);
    expect(readingOf(aTurn()).overheadPerTokenUs).toBeUndefined();
  });
});
