import { pause } from './raw-server.ts';

/** Waits until a condition holds, or five seconds; the caller asserts afterwards. */
export const eventually = async (holds: () => boolean): Promise<void> => {
  for (let waitedMs = 0; waitedMs < 5000 && !holds(); waitedMs += 10) await pause(10);
};
