/** A monotonic instant in nanoseconds (CLOCK_MONOTONIC); comparable between processes of one machine, never with wall time. */
export type MonotonicNs = number;

/** The only source of time: injected, so that pure code and tests decide what time it is. */
export interface Clock {
  /** Monotonic nanoseconds. */
  now(): MonotonicNs;
  /** Wall-clock time, for labels only; never subtract two of these. */
  wall(): Date;
}

/** Milliseconds between two monotonic stamps. */
export const millisecondsBetween = (from: MonotonicNs, to: MonotonicNs): number => (to - from) / 1e6;
