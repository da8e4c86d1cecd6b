import type { Profile } from '../profile.ts';

type RateLimits = NonNullable<Profile['rate_limits']>;

const minuteNs = 60e9;

/** One allowance a minute that refills steadily and may be used in a burst. Works by the time at which it is full again. */
class Allowance {
  readonly #perMinute: number;
  #fullAtNs = 0;

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  /** Nanoseconds until `cost` fits. */
  waitNs(cost: number, nowNs: number): number {
    const after = Math.max(nowNs, this.#fullAtNs) + (cost / this.#perMinute) * minuteNs;
    return Math.max(0, after - nowNs - minuteNs);
  }

  take(cost: number, nowNs: number): void {
    this.#fullAtNs = Math.max(nowNs, this.#fullAtNs) + (cost / this.#perMinute) * minuteNs;
  }

  state(nowNs: number) {
    const resetNs = Math.max(0, this.#fullAtNs - nowNs);
    const remaining = Math.max(0, Math.floor(this.#perMinute * (1 - resetNs / minuteNs)));
    return { limit: this.#perMinute, remaining, resetMs: resetNs / 1e6 };
  }
}

/** The rate limits of one simulated endpoint. */
export class Limiter {
  readonly #requests: Allowance;
  readonly #tokens: Allowance;

  constructor(limits: RateLimits) {
    this.#requests = new Allowance(limits.requests_per_minute ?? Number.POSITIVE_INFINITY);
    this.#tokens = new Allowance(limits.tokens_per_minute ?? Number.POSITIVE_INFINITY);
  }

  /** Milliseconds that a request of so many tokens has to wait; what it costs is taken only by `take`. */
  waitMs(tokens: number, nowNs: number): number {
    return Math.max(this.#requests.waitNs(1, nowNs), this.#tokens.waitNs(tokens, nowNs)) / 1e6;
  }

  take(tokens: number, nowNs: number): void {
    this.#requests.take(1, nowNs);
    this.#tokens.take(tokens, nowNs);
  }

  state(nowNs: number) {
    return { requests: this.#requests.state(nowNs), tokens: this.#tokens.state(nowNs) };
  }
}
