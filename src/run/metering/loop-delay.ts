import { type Clock, millisecondsBetween } from '../../domain/time.ts';
import type { LoopDelay } from '../../domain/trial.ts';
import { systemClock } from './clock.ts';

const tickMs = 5;

/** A token may be stamped this late, for at most this share of the time: what the timing benchmark allows a crowd of streams. */
const lateMs = 10;
const lateShareAllowed = 0.01;

/** With why stamps should not be trusted, if so. */
export type WatchedLoop = LoopDelay & { readonly doubts: readonly string[] };

/**
 * Watches this process's event loop; says afterwards how late stamps may be. A token that comes at any moment
 * of a blocked interval is stamped at its end: what counts is the share of the time in which that is over 10 ms later.
 */
export const watchLoop = (clock: Clock = systemClock): (() => WatchedLoop) => {
  const started = clock.now();
  let ticked = started;
  let sumMs = 0;
  let longestMs = 0;
  const tick = (): void => {
    const now = clock.now();
    const blockedMs = millisecondsBetween(ticked, now) - tickMs;
    ticked = now;
    longestMs = Math.max(longestMs, blockedMs);
    sumMs += Math.max(0, blockedMs - lateMs);
  };
  const timer = setInterval(tick, tickMs).unref();
  return () => {
    clearInterval(timer);
    tick();
    const lateShare = sumMs / millisecondsBetween(started, ticked);
    const doubt =
      `a token would have been stamped over ${lateMs} ms late in ${(100 * lateShare).toFixed(1)}% of the time, ` +
      `by ${longestMs.toFixed(0)} ms at worst`;
    return { lateShare, longestPauseMs: longestMs, doubts: lateShare > lateShareAllowed ? [doubt] : [] };
  };
};
