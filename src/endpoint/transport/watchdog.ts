/** How long a call may take to connect, to stay silent, and in all; milliseconds. No total limit where undefined. */
export type Timeouts = {
  readonly connectMs: number;
  readonly idleMs: number;
  readonly totalMs?: number | undefined;
};

/** Long enough for a reasoning model that thinks in silence, short enough that nothing hangs for ever. */
export const defaultTimeouts: Timeouts = { connectMs: 15_000, idleMs: 300_000 };

/** Watches one call: connecting, then silence, then the whole. */
export interface Watchdog {
  connected(): void;
  heard(): void;
  stop(): void;
}

/** Starts watching at once; calls `onExpire` at most once, with what took too long. */
export const startWatchdog = (timeouts: Timeouts, onExpire: (what: string) => void): Watchdog => {
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    clearTimeout(timer);
    clearTimeout(total);
  };
  const after = (milliseconds: number, what: string): NodeJS.Timeout =>
    setTimeout(() => {
      stop();
      onExpire(what);
    }, milliseconds);
  let timer = after(timeouts.connectMs, `no connection within ${timeouts.connectMs} ms`);
  const total =
    timeouts.totalMs === undefined ? undefined : after(timeouts.totalMs, `not finished within ${timeouts.totalMs} ms`);
  return {
    connected: () => {
      if (stopped) return;
      clearTimeout(timer);
      timer = after(timeouts.idleMs, `nothing received for ${timeouts.idleMs} ms`);
    },
    // Refreshing a cleared timer would set it again.
    heard: () => void (stopped || timer.refresh()),
    stop,
  };
};
