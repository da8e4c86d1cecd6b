import type { Step } from '../../domain/trajectory.ts';
import type { StopReason } from '../../domain/trial.ts';

/** After its deadline an agent gets this long to unwind (end its command) before it is left behind. */
const graceMs = 10_000;

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds).unref());

export type DriveOptions = {
  /** Time the agent may take; unlimited where undefined. */
  readonly timeMs?: number | undefined;
  /** Ends the run as a whole. */
  readonly signal: AbortSignal;
  readonly onStep: (step: Step) => void;
};

/**
 * Pulls an agent to its end and races every step against the deadline instead of trusting the agent. `start` gets the
 * signal that fires at the deadline. Returns why it stopped; rethrows what the agent threw before that.
 */
export const driveAgent = async (
  start: (signal: AbortSignal) => AsyncGenerator<Step, StopReason>,
  { timeMs, signal, onStep }: DriveOptions,
): Promise<StopReason> => {
  const controller = new AbortController();
  // First writer wins: what ended the agent is recorded once.
  let endedBy: StopReason | undefined;
  const stopped = new Promise<'stopped'>((resolve) =>
    controller.signal.addEventListener('abort', () => resolve('stopped'), { once: true }),
  );
  const end = (reason: StopReason): void => {
    endedBy ??= reason;
    controller.abort();
  };
  const cancel = (): void => end('cancelled');
  if (signal.aborted) return 'cancelled';
  signal.addEventListener('abort', cancel, { once: true });
  const timer = timeMs === undefined ? undefined : setTimeout(() => end('time-limit'), timeMs);
  const steps = start(controller.signal);
  try {
    for (;;) {
      const next = steps.next();
      const result = await Promise.race([next, stopped]);
      if (result === 'stopped') {
        await Promise.race([next.catch(() => undefined), sleep(graceMs)]);
        return endedBy ?? 'cancelled';
      }
      if (result.done) return endedBy ?? result.value;
      onStep(result.value);
    }
  } catch (error) {
    // An error that the deadline itself caused (an aborted command or call) is the deadline, not a fault.
    if (endedBy !== undefined) return endedBy;
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
  }
};
