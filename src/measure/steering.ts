import type { Turn } from '../domain/model/turn.ts';
import { millisecondsBetween } from '../domain/time.ts';

/** From the change of the instruction until the old answer was over for us, in milliseconds. */
export const timeToStopMs = ({ interruption }: Turn): number | undefined =>
  interruption && millisecondsBetween(interruption.decided, interruption.stopped);

/** From the change of the instruction to the first content of the new answer, in milliseconds: stopping and asking inside. */
export const redirectTtftMs = ({ interruption }: Turn): number | undefined =>
  interruption?.redirected === undefined
    ? undefined
    : millisecondsBetween(interruption.decided, interruption.redirected);
