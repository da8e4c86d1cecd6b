import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segmentNames } from '../../../src/domain/trial.ts';
import { admission, segmentsOf, startTimeline } from '../../../src/run/metering/timeline.ts';
import { manualClock } from '../../support/clock.ts';
import { aTurn } from '../../support/turns.ts';

const total = (segments: Readonly<Record<string, number>>): number =>
  Object.values(segments).reduce((sum, value) => sum + value, 0);

describe('startTimeline', () => {
  it('adds up to the wall-clock, whatever was entered', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...segmentNames), fc.nat(5_000_000))), (steps) => {
        const clock = manualClock();
        const timeline = startTimeline(clock);
        for (const [name, nanoseconds] of steps) {
          timeline.enter(name);
          clock.advance(nanoseconds);
        }
        const { spans, wallMs } = timeline.close();
        expect(total(segmentsOf(spans))).toBeCloseTo(wallMs, 6);
      }),
    );
  });

  it('never overlaps and leaves no gap', () => {
    const clock = manualClock();
    const timeline = startTimeline(clock);
    clock.advance(1e6);
    timeline.enter('sandbox-set-up');
    clock.advance(2e6);
    timeline.enter('harness');
    clock.advance(3e6);
    const { spans } = timeline.close();
    expect(spans.map(({ name, startMs, endMs }) => [name, startMs, endMs])).toEqual([
      ['queue', 0, 1],
      ['sandbox-set-up', 1, 3],
      ['harness', 3, 6],
    ]);
  });

  it('takes a model call apart: wait before dispatch, TTFT, decode, then the harness again', () => {
    const clock = manualClock();
    const timeline = startTimeline(clock);
    timeline.enter('model-wait');
    const from = clock.now();
    clock.advance(50e6);
    const dispatch = clock.now();
    clock.advance(1000e6);
    const terminal = clock.now();
    clock.advance(5e6);
    timeline.splitCall(from, {
      ...aTurn({}),
      stamps: { dispatch, firstContent: dispatch + 300e6, lastContent: dispatch + 980e6, terminal },
    });
    timeline.enter('harness');
    clock.advance(7e6);
    const segments = segmentsOf(timeline.close().spans);
    expect(segments['model-wait']).toBeCloseTo(50);
    expect(segments.ttft).toBeCloseTo(300);
    expect(segments.decode).toBeCloseTo(705);
    expect(segments.harness).toBeCloseTo(7);
  });

  it('gives failed tries, back-off and the wait for a place spans of their own, outside of TTFT', () => {
    const clock = manualClock(5_000_000_000);
    const timeline = startTimeline(clock);
    timeline.enter('model-wait', admission);
    const from = clock.now();
    const at = (milliseconds: number) => from + milliseconds * 1e6;
    clock.advance(2000e6);
    timeline.splitCall(from, {
      ...aTurn({}),
      stamps: { dispatch: at(900), firstContent: at(1100), lastContent: at(2000), terminal: at(2000) },
      failedTries: [
        { dispatch: at(10), failed: at(40), fault: 'overloaded', waitedMs: 260 },
        // Its timer fired a moment early.
        { dispatch: at(320), failed: at(400), fault: 'truncated', waitedMs: 500.5 },
      ],
    });
    timeline.enter('harness');
    const { spans, wallMs } = timeline.close();
    expect(spans.map(({ name, startMs, endMs, detail }) => [name, startMs, endMs, detail])).toEqual([
      ['model-wait', 0, 10, 'admission'],
      ['model-wait', 10, 40, 'failed try: overloaded'],
      ['model-wait', 40, 300, 'back-off'],
      ['model-wait', 300, 320, 'admission'],
      ['model-wait', 320, 400, 'failed try: truncated'],
      ['model-wait', 400, 900, 'back-off'],
      ['ttft', 900, 1100, 'e'],
      ['decode', 1100, 2000, 'e'],
    ]);
    expect(total(segmentsOf(spans))).toBeCloseTo(wallMs, 6);
  });

  it('gives a call that failed for good to waiting, whatever had come of it', () => {
    const clock = manualClock(5_000_000_000);
    const timeline = startTimeline(clock);
    timeline.enter('model-wait', admission);
    const from = clock.now();
    const at = (milliseconds: number) => from + milliseconds * 1e6;
    clock.advance(500e6);
    const stamps = { dispatch: at(100), firstContent: at(200), lastContent: at(400) };
    timeline.splitCall(from, { ...aTurn({}), stamps, failure: { fault: 'truncated' } });
    timeline.enter('harness');
    expect(timeline.close().spans.map(({ name, startMs, endMs, detail }) => [name, startMs, endMs, detail])).toEqual([
      ['model-wait', 0, 100, 'admission'],
      ['model-wait', 100, 500, 'failed try: truncated'],
    ]);
  });

  it('goes back to the segment before, also after a failure', async () => {
    const clock = manualClock();
    const timeline = startTimeline(clock);
    timeline.enter('harness');
    await timeline.within('tool', async () => Promise.reject(new Error('no'))).catch(() => undefined);
    clock.advance(4e6);
    expect(segmentsOf(timeline.close().spans).harness).toBeCloseTo(4);
  });
});

describe('a call that was redirected while the old answer was still coming', () => {
  it('gives that time to the old answer, and adds up', () => {
    const clock = manualClock(5_000_000_000);
    const timeline = startTimeline(clock);
    timeline.enter('model-wait');
    const old = aTurn({ firstContent: 100, lastContent: 300, terminal: 310 });
    const { dispatch } = old.stamps;
    const next = aTurn({ firstContent: 150, lastContent: 200, terminal: 200 });
    const at = (ms: number) => dispatch + ms * 1e6;
    const redirected = {
      ...next,
      stamps: { dispatch: at(250), firstContent: at(400), lastContent: at(500), terminal: at(500) },
    };
    timeline.splitCall(dispatch, old);
    timeline.splitCall(dispatch, redirected);
    clock.advance(510e6);
    timeline.enter('harness');
    const { spans, wallMs } = timeline.close();
    expect(segmentsOf(spans)).toMatchObject({ ttft: 100 + (400 - 310 + 10), decode: 200 + 110 });
    expect(total(segmentsOf(spans))).toBeCloseTo(wallMs, 6);
  });
});
