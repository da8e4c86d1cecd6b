import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Admission, createRateLimiter, type RateLimits } from '../../../../src/endpoint/limits/rate-limiter.ts';
import { manualClock } from '../../../support/manual-clock.ts';

const never = new AbortController().signal;

const start = (limits: RateLimits) => {
  const time = manualClock();
  const limiter = createRateLimiter(limits, time.clock, time.after);
  const admitted: { name: string; atMs: number; admission: Admission }[] = [];
  const ask = (name: string, tokens = 0, signal = never): Promise<void> =>
    limiter.admit(tokens, signal).then((admission) => {
      admitted.push({ name, atMs: time.clock.now() / 1e6, admission });
    });
  const times = () => admitted.map(({ name, atMs }) => [name, atMs]);
  return { ...time, ask, admitted, times };
};

describe('createRateLimiter', () => {
  it('lets everything through at once where nothing is limited', async () => {
    const { ask, advance, times } = start({});
    for (const name of ['a', 'b', 'c']) void ask(name, 1e9);
    await advance(0);
    expect(times()).toEqual([
      ['a', 0],
      ['b', 0],
      ['c', 0],
    ]);
  });

  it('keeps the concurrency, first come first served', async () => {
    const { ask, advance, times, admitted } = start({ concurrency: 2 });
    for (const name of ['a', 'b', 'c', 'd']) void ask(name);
    await advance(10);
    expect(times()).toEqual([
      ['a', 0],
      ['b', 0],
    ]);
    admitted[1]?.admission.release();
    admitted[1]?.admission.release();
    await advance(5);
    expect(times()).toEqual([
      ['a', 0],
      ['b', 0],
      ['c', 10],
    ]);
  });

  it('begins no more requests in a minute than allowed', async () => {
    const { ask, advance, times } = start({ requestsPerMinute: 2 });
    for (const name of ['a', 'b']) void ask(name);
    await advance(20_000);
    for (const name of ['c', 'd', 'e']) void ask(name);
    await advance(122_000);
    expect(times()).toEqual([
      ['a', 0],
      ['b', 0],
      ['c', 61_000],
      ['d', 61_000],
      ['e', 122_000],
    ]);
  });

  it('counts the tokens really used once a call is over', async () => {
    const { ask, advance, times, admitted } = start({ tokensPerMinute: 100 });
    void ask('a', 90);
    void ask('b', 90);
    await advance(1000);
    expect(times()).toEqual([['a', 0]]);
    admitted[0]?.admission.release(10);
    await advance(1);
    expect(times()).toEqual([
      ['a', 0],
      ['b', 1000],
    ]);
  });

  it('lets a call above the token limit through alone instead of waiting for ever', async () => {
    const { ask, advance, times } = start({ tokensPerMinute: 100 });
    void ask('small', 50);
    void ask('huge', 500);
    await advance(200_000);
    expect(times()).toEqual([
      ['small', 0],
      ['huge', 61_000],
    ]);
  });

  it('lets the next go first when one gives up waiting', async () => {
    const { ask, advance, times, admitted } = start({ concurrency: 1 });
    const controller = new AbortController();
    void ask('a');
    const gaveUp = ask('b', 0, controller.signal).catch((error: unknown) => error);
    void ask('c');
    await advance(1);
    controller.abort(new Error('enough'));
    expect(await gaveUp).toEqual(new Error('enough'));
    admitted[0]?.admission.release();
    await advance(1);
    expect(times()).toEqual([
      ['a', 0],
      ['c', 1],
    ]);
  });

  it('holds in every window of a minute, for any arrivals', async () => {
    const arrivals = fc.array(fc.record({ gapMs: fc.nat(30_000), tokens: fc.nat(60) }), { maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(arrivals, fc.integer({ min: 1, max: 4 }), async (calls, requestsPerMinute) => {
        const tokensPerMinute = 100;
        const { ask, advance, admitted } = start({ requestsPerMinute, tokensPerMinute });
        for (const { gapMs, tokens } of calls) {
          void ask(String(tokens), tokens);
          await advance(gapMs);
        }
        await advance(61_001 * (calls.length + 1));
        expect(admitted).toHaveLength(calls.length);
        for (const { atMs } of admitted) {
          const window = admitted.filter((other) => other.atMs >= atMs && other.atMs < atMs + 60_000);
          expect(window.length).toBeLessThanOrEqual(requestsPerMinute);
          expect(window.reduce((sum, { name }) => sum + Number(name), 0)).toBeLessThanOrEqual(tokensPerMinute);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('holds all three limits at once, where the provider counts, however long calls travel, last and however little they use', async () => {
    const arrival = fc.record({
      gapMs: fc.nat(20_000),
      tokens: fc.integer({ min: 1, max: 60 }),
      usedShare: fc.double({ min: 0, max: 1, noNaN: true }),
      lastsMs: fc.nat(90_000),
      travelMs: fc.nat(999),
    });
    const limits = fc.record({
      concurrency: fc.integer({ min: 1, max: 3 }),
      requestsPerMinute: fc.integer({ min: 1, max: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(arrival, { maxLength: 25 }),
        limits,
        async (calls, { concurrency, requestsPerMinute }) => {
          const tokensPerMinute = 100;
          const time = manualClock();
          const limiter = createRateLimiter(
            { concurrency, requestsPerMinute, tokensPerMinute },
            time.clock,
            time.after,
          );
          const made: { startMs: number; arrivesMs: number; endMs: number; used: number }[] = [];
          const nowMs = () => time.clock.now() / 1e6;
          for (const { gapMs, tokens, usedShare, lastsMs, travelMs } of calls) {
            void limiter.admit(tokens, never).then((admission) => {
              const used = Math.floor(tokens * usedShare);
              made.push({ startMs: nowMs(), arrivesMs: nowMs() + travelMs, endMs: nowMs() + lastsMs, used });
              time.after(lastsMs, () => admission.release(used));
            });
            await time.advance(gapMs);
          }
          for (const _call of calls) await time.advance(160_000);
          expect(made).toHaveLength(calls.length);
          for (const { startMs, arrivesMs } of made) {
            const window = made.filter((other) => other.arrivesMs >= arrivesMs && other.arrivesMs < arrivesMs + 60_000);
            expect(window.length).toBeLessThanOrEqual(requestsPerMinute);
            expect(window.reduce((sum, { used }) => sum + used, 0)).toBeLessThanOrEqual(tokensPerMinute);
            const atOnce = made.filter((other) => other.startMs <= startMs && other.endMs > startMs);
            expect(atOnce.length).toBeLessThanOrEqual(concurrency);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
