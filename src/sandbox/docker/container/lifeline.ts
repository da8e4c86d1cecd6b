import type Dockerode from 'dockerode';
import { withDeadline } from '../engine/deadline.ts';

/**
 * What PID 1 does: read a standard input on which nothing ever comes. The harness holds the other end, so the container ends when the
 * harness does, however it ended. `cat` is a child, so that the shell, which must be PID 1 to reap orphans, waits for it; a `kill -9 -1`
 * ends it too and a new one takes over. Only the end of the input, and a cat that cannot run, end the loop.
 */
export const firstProcess = ['/bin/sh', '-c', 'until cat >/dev/null; do [ $? -gt 128 ] || exit 1; done'];

/** The end of PID 1's standard input that the harness holds; dropping it ends the container. */
export type Lifeline = { drop(): void };

const attachMs = 30_000;

/** Takes hold of a container's standard input; before it starts, so that there is no moment without a holder. */
export const holdLifeline = async (container: Dockerode.Container): Promise<Lifeline> => {
  const stream = await withDeadline(() => container.attach({ stream: true, stdin: true, hijack: true }), {
    what: 'attaching to a container',
    ms: attachMs,
  });
  // Its end is noticed by the next command, as a container that is gone.
  stream.on('error', () => undefined);
  stream.resume();
  return {
    drop: () => {
      if ('destroy' in stream && typeof stream.destroy === 'function') stream.destroy();
    },
  };
};
