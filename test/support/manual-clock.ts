import type { Clock } from '../../src/domain/time.ts';
import type { After } from '../../src/endpoint/limits/rate-limiter.ts';

/** A clock that stands still until it is told, with timers that fire on the way, in order. */
export const manualClock = (): {
  readonly clock: Clock;
  readonly after: After;
  advance(milliseconds: number): Promise<void>;
} => {
  let nowMs = 0;
  const timers = new Set<{ readonly dueMs: number; readonly callback: () => void }>();
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    clock: { now: () => nowMs * 1e6, wall: () => new Date(nowMs) },
    after: (milliseconds, callback) => {
      const timer = { dueMs: nowMs + milliseconds, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance: async (milliseconds) => {
      const untilMs = nowMs + milliseconds;
      await settle();
      for (;;) {
        const next = [...timers].filter((timer) => timer.dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0];
        if (next === undefined) break;
        timers.delete(next);
        nowMs = next.dueMs;
        next.callback();
        await settle();
      }
      nowMs = untilMs;
    },
  };
};
