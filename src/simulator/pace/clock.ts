/** CLOCK_MONOTONIC in nanoseconds: the same clock that a client on this machine reads. */
export const monotonicNs = (): number => Number(process.hrtime.bigint());
