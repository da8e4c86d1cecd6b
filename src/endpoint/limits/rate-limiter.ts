import { type Clock, type MonotonicNs, millisecondsBetween } from '../../domain/time.ts';

/** Limits of one endpoint, shared by all trials of a run. Unlimited where undefined. */
export type RateLimits = {
  readonly concurrency?: number | undefined;
  readonly requestsPerMinute?: number | undefined;
  readonly tokensPerMinute?: number | undefined;
};

/** A place at the endpoint; to be given back, with the tokens really used, when the call is over. */
export type Admission = { release(usedTokens?: number): void };

export interface RateLimiter {
  /** Waits for a place, first come first served. `tokens` is the estimate that is reserved. Rejects with the signal's reason. */
  admit(tokens: number, signal: AbortSignal): Promise<Admission>;
}

/** Runs a callback after some milliseconds; the result cancels it. */
export type After = (milliseconds: number, callback: () => void) => () => void;

const afterTimeout: After = (milliseconds, callback) => {
  const timer = setTimeout(callback, milliseconds);
  return () => clearTimeout(timer);
};

type Entry = { readonly at: MonotonicNs; tokens: number };
type Waiting = { readonly tokens: number; readonly start: (admission: Admission) => void };

const windowMs = 60_000;

/**
 * In-process limits over a sliding minute: in no minute are more requests begun or more tokens reserved than allowed.
 * A single call above the token limit is let through alone, since waiting would never help it.
 */
export const createRateLimiter = (limits: RateLimits, clock: Clock, after: After = afterTimeout): RateLimiter => {
  const { concurrency = Infinity, requestsPerMinute = Infinity, tokensPerMinute = Infinity } = limits;
  const queue: Waiting[] = [];
  let recent: Entry[] = [];
  let running = 0;
  let cancelTimer = (): void => {};

  /** Milliseconds until the minute behind has room: entries leave it one by one, the oldest first. */
  const roomInMs = (tokens: number): number => {
    const now = clock.now();
    recent = recent.filter((entry) => millisecondsBetween(entry.at, now) < windowMs);
    let requests = recent.length;
    let reserved = recent.reduce((sum, entry) => sum + entry.tokens, 0);
    const fits = (): boolean =>
      requests < requestsPerMinute && (reserved + tokens <= tokensPerMinute || requests === 0);
    if (fits()) return 0;
    for (const entry of recent) {
      requests -= 1;
      reserved -= entry.tokens;
      if (fits()) return windowMs - millisecondsBetween(entry.at, now);
    }
    return windowMs;
  };

  const start = (waiting: Waiting): void => {
    const entry = { at: clock.now(), tokens: waiting.tokens };
    recent.push(entry);
    running += 1;
    let released = false;
    waiting.start({
      release: (usedTokens) => {
        if (released) return;
        released = true;
        running -= 1;
        entry.tokens = usedTokens ?? entry.tokens;
        advance();
      },
    });
  };

  const advance = (): void => {
    cancelTimer();
    for (let head = queue[0]; head !== undefined && running < concurrency; head = queue[0]) {
      const waitMs = roomInMs(head.tokens);
      if (waitMs > 0) {
        cancelTimer = after(Math.ceil(waitMs), advance);
        return;
      }
      queue.shift();
      start(head);
    }
  };

  return {
    admit: (tokens, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const leave = (): void => {
          queue.splice(queue.indexOf(waiting), 1);
          reject(signal.reason);
          advance();
        };
        const waiting: Waiting = {
          tokens,
          start: (admission) => {
            signal.removeEventListener('abort', leave);
            resolve(admission);
          },
        };
        signal.addEventListener('abort', leave, { once: true });
        queue.push(waiting);
        advance();
      }),
  };
};
