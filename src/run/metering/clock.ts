import type { Clock } from '../../domain/time.ts';

/** The machine's clock: CLOCK_MONOTONIC in nanoseconds (exact to a quarter of a microsecond for a hundred days of uptime). */
export const systemClock: Clock = {
  now: () => Number(process.hrtime.bigint()),
  wall: () => new Date(),
};
