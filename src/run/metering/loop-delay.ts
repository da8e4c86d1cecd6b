import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Above this 99th percentile our own loop may have stamped late. */
const limitMs = 25;

/** Watches this process's event loop during a trial; says afterwards whether stamps may be late. */
export const watchLoop = (): (() => readonly string[]) => {
  const histogram = monitorEventLoopDelay({ resolution: 10 });
  histogram.enable();
  return () => {
    histogram.disable();
    // The histogram holds the whole interval between two samples: its resolution is not delay.
    const p99Ms = histogram.percentile(99) / 1e6 - 10;
    return p99Ms > limitMs ? [`event loop late by ${p99Ms.toFixed(0)} ms at p99`] : [];
  };
};
