import { type Clock, type MonotonicNs, millisecondsBetween } from '../../domain/time.ts';

/** What was taken of a minute's allowance; corrected when more is known. */
export type Taken = { readonly at: MonotonicNs; tokens: number };

/** A provider counts what arrives: the first call opened a connection on its way, a later one may overtake it by as much. */
const travelMs = 1000;

const windowMs = 60_000 + travelMs;

/** An allowance of requests and tokens over the minute behind, at any moment, where they arrive up to a second later. */
export class SlidingMinute {
  readonly #allowed: { readonly requests: number; readonly tokens: number };
  readonly #clock: Clock;
  #recent: Taken[] = [];

  constructor(allowed: { readonly requests: number; readonly tokens: number }, clock: Clock) {
    this.#allowed = allowed;
    this.#clock = clock;
  }

  /** Milliseconds until there is room: what was taken comes free one by one, the oldest first. 0 when there is. */
  roomInMs(tokens: number): number {
    const now = this.#clock.now();
    this.#recent = this.#recent.filter((taken) => millisecondsBetween(taken.at, now) < windowMs);
    let requests = this.#recent.length;
    let reserved = this.#recent.reduce((sum, taken) => sum + taken.tokens, 0);
    if (this.#fits(requests, reserved + tokens)) return 0;
    for (const taken of this.#recent) {
      requests -= 1;
      reserved -= taken.tokens;
      if (this.#fits(requests, reserved + tokens)) return windowMs - millisecondsBetween(taken.at, now);
    }
    return windowMs;
  }

  take(tokens: number): Taken {
    const taken = { at: this.#clock.now(), tokens };
    this.#recent.push(taken);
    return taken;
  }

  /** A single request above the allowance of tokens goes alone, since waiting would never help it. */
  #fits(requestsBefore: number, tokens: number): boolean {
    return requestsBefore < this.#allowed.requests && (tokens <= this.#allowed.tokens || requestsBefore === 0);
  }
}
