import { type Clock, type MonotonicNs, millisecondsBetween } from '../../domain/time.ts';
import type { LoopDelay } from '../../domain/trial.ts';
import { systemClock } from './clock.ts';

const tickMs = 5;

/** A token may be stamped this late, for at most this share of the time: what the timing benchmark allows a crowd of streams. */
const lateMs = 10;
const lateShareAllowed = 0.01;

/** With why stamps should not be trusted, if so. */
export type WatchedLoop = LoopDelay & { readonly doubts: readonly string[] };

/** The event loop stood still; what arrived meanwhile was stamped at the end. */
type Pause = { readonly start: MonotonicNs; readonly end: MonotonicNs };

/** Whether it was read in the same turn of the event loop as the pause's end, or in the next: it may have waited since the pause's start. */
const mayHaveWaited =
  (stamp: MonotonicNs) =>
  ({ start, end }: Pause): boolean =>
    start < stamp && millisecondsBetween(end, stamp) <= tickMs;

const shareOfTime = (share: number, worstMs: number): readonly string[] =>
  share > lateShareAllowed
    ? [
        `a token would have been stamped over ${lateMs} ms late in ${(100 * share).toFixed(1)}% of the time, ` +
          `by ${worstMs.toFixed(0)} ms at worst`,
      ]
    : [];

const shareOfStamps = (stamps: readonly MonotonicNs[], pauses: readonly Pause[]): readonly string[] => {
  const late = stamps.filter((stamp) => pauses.some(mayHaveWaited(stamp))).length;
  return late > lateShareAllowed * stamps.length
    ? [`${late} of ${stamps.length} first and last tokens may have been stamped over ${lateMs} ms late`]
    : [];
};

/**
 * Watches this process's event loop; says afterwards how late stamps may be, in general and of the given ones. A token that
 * comes at any moment of a pause is stamped at its end: what counts is the share of the time in which that is over 10 ms later.
 */
export const watchLoop = (clock: Clock = systemClock): ((stamps?: readonly MonotonicNs[]) => WatchedLoop) => {
  const started = clock.now();
  let ticked = started;
  let sumMs = 0;
  let longestMs = 0;
  const pauses: Pause[] = [];
  const tick = (): void => {
    const now = clock.now();
    const blockedMs = millisecondsBetween(ticked, now) - tickMs;
    if (blockedMs > lateMs) pauses.push({ start: ticked, end: now });
    ticked = now;
    longestMs = Math.max(longestMs, blockedMs);
    sumMs += Math.max(0, blockedMs - lateMs);
  };
  const timer = setInterval(tick, tickMs).unref();
  return (stamps = []) => {
    clearInterval(timer);
    tick();
    const lateShare = sumMs / millisecondsBetween(started, ticked);
    const doubts = [...shareOfTime(lateShare, longestMs), ...shareOfStamps(stamps, pauses)];
    return { lateShare, longestPauseMs: longestMs, doubts };
  };
};
