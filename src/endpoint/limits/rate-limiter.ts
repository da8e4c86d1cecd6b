import type { Clock } from '../../domain/time.ts';
import { SlidingMinute } from './sliding-minute.ts';

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

type Waiting = { readonly tokens: number; readonly start: (admission: Admission) => void };

/** In-process limits: in no minute are more requests begun or more tokens reserved than allowed. */
export const createRateLimiter = (limits: RateLimits, clock: Clock, after: After = afterTimeout): RateLimiter => {
  const { concurrency = Infinity, requestsPerMinute = Infinity, tokensPerMinute = Infinity } = limits;
  const minute = new SlidingMinute({ requests: requestsPerMinute, tokens: tokensPerMinute }, clock);
  const queue: Waiting[] = [];
  let running = 0;
  let cancelTimer = (): void => {};

  const admission = (tokens: number): Admission => {
    const taken = minute.take(tokens);
    running += 1;
    let isReleased = false;
    return {
      release: (usedTokens) => {
        if (isReleased) return;
        isReleased = true;
        running -= 1;
        taken.tokens = usedTokens ?? taken.tokens;
        advance();
      },
    };
  };

  const advance = (): void => {
    cancelTimer();
    for (let head = queue[0]; head !== undefined && running < concurrency; head = queue[0]) {
      const waitMs = minute.roomInMs(head.tokens);
      if (waitMs > 0) {
        cancelTimer = after(Math.ceil(waitMs), advance);
        return;
      }
      queue.shift();
      head.start(admission(head.tokens));
    }
  };

  const leave = (waiting: Waiting): void => {
    queue.splice(queue.indexOf(waiting), 1);
    advance();
  };
  return {
    admit: (tokens, signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<Admission>();
      if (signal.aborted) return Promise.reject(signal.reason);
      const waiting: Waiting = {
        tokens,
        start: (granted) => {
          signal.removeEventListener('abort', giveUp);
          resolve(granted);
        },
      };
      const giveUp = (): void => {
        leave(waiting);
        reject(signal.reason);
      };
      signal.addEventListener('abort', giveUp, { once: true });
      queue.push(waiting);
      advance();
      return promise;
    },
  };
};
