import type { Turn } from '../../domain/model/turn.ts';
import { millisecondsBetween } from '../../domain/time.ts';
import { decodeOf, durationMs, ttftMs } from '../../measure/turn-timing.ts';

/** What a probe reads off one call; undefined where the call cannot tell. */
export type Reading = {
  /** Dispatch → first sign of the answer: the response's headers over SSE, the first frame over a WebSocket. */
  readonly roundTripMs: number | undefined;
  readonly ttftMs: number | undefined;
  readonly durationMs: number | undefined;
  /** Time between two tokens. */
  readonly timePerTokenUs: number | undefined;
  /** What the engine itself took for a token, by its own clock. */
  readonly enginePerTokenUs: number | undefined;
  /** The difference: what everything between the engine and us adds to each token. */
  readonly overheadPerTokenUs: number | undefined;
};

/** A sign that comes with the first token says nothing about the way there: the server held it back. */
const heldBackShare = 0.02;

const firstSignMs = (turn: Turn): number | undefined => {
  const { dispatch, firstEvent, firstContent } = turn.stamps;
  // On a persistent connection there are no headers; those of its upgrade would be of the connecting.
  const sign = turn.connection?.upgradeMs === undefined ? (turn.stamps.headers ?? firstEvent) : firstEvent;
  if (sign === undefined || firstContent === undefined) return undefined;
  const isHeldBack = firstContent - sign < heldBackShare * (firstContent - dispatch);
  return isHeldBack ? undefined : millisecondsBetween(dispatch, sign);
};

const enginePerTokenUs = (turn: Turn, stated: number | undefined): number | undefined => {
  if (stated !== undefined) return 1e6 / stated;
  const { output } = turn.usage;
  const decodeMs = turn.serverTiming?.decodeMs;
  return decodeMs === undefined || output === undefined || output === 0 ? undefined : (decodeMs * 1e3) / output;
};

/** Reads a call. `engineTokensPerSecond` is the user's own knowledge of the engine, in place of the server's statement. */
export const readingOf = (turn: Turn, engineTokensPerSecond?: number): Reading => {
  const decode = decodeOf(turn);
  const perToken = decode === undefined ? undefined : (decode.ms * 1e3) / decode.tokens;
  const engine = enginePerTokenUs(turn, engineTokensPerSecond);
  return {
    roundTripMs: firstSignMs(turn),
    ttftMs: ttftMs(turn),
    durationMs: durationMs(turn),
    timePerTokenUs: perToken,
    enginePerTokenUs: engine,
    overheadPerTokenUs: perToken === undefined || engine === undefined ? undefined : perToken - engine,
  };
};
