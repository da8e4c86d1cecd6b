import { type Clock, millisecondsBetween } from '../../domain/time.ts';
import { systemClock } from './clock.ts';

const tickMs = 5;

/** A token may be stamped this late, for at most this share of the time: what the timing benchmark allows a crowd of streams. */
const lateMs = 10;
const lateShareAllowed = 0.01;

/**
 * Watches this process's event loop; says afterwards why stamps should not be trusted. A token that comes at any moment
 * of a blocked interval is stamped at its end: what counts is the share of the time in which that is over 10 ms later.
 */
export const watchLoop = (clock: Clock = systemClock): (() => readonly string[]) => {
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
    const share = sumMs / millisecondsBetween(started, ticked);
    return share > lateShareAllowed
      ? [
          `a token would have been stamped over ${lateMs} ms late in ${(100 * share).toFixed(1)}% of the time, ` +
            `by ${longestMs.toFixed(0)} ms at worst`,
        ]
      : [];
  };
};
