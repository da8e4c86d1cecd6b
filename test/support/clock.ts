import type { Clock, MonotonicNs } from '../../src/domain/time.ts';

/** A clock that moves only when told to. */
export const manualClock = (start: MonotonicNs = 1e12): Clock & { readonly advance: (nanoseconds: number) => void } => {
  let current = start;
  return {
    now: () => current,
    wall: () => new Date(Date.UTC(2026, 0, 1) + (current - start) / 1e6),
    advance: (nanoseconds) => {
      current += nanoseconds;
    },
  };
};
