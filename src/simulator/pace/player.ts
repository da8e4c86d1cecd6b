import { Triples } from '../../domain/model/triples.ts';
import type { StreamFault } from '../fault/fault.ts';
import type { Encoder, WireEvent } from '../protocol/protocol.ts';
import { monotonicNs } from './clock.ts';
import type { Paced, Scheduler } from './scheduler.ts';
import { breakStream, type Sink, tokensBeforeFault } from './sink.ts';
import { type Timeline, untilEndOfPart } from './timeline.ts';

/** Stamps of a turn as it was played; monotonic nanoseconds, absent when it did not come to that. */
export type Played = {
  readonly opened: number | undefined;
  readonly finishWritten: number | undefined;
  readonly terminalWritten: number | undefined;
  /** As ChunkStamp has them. */
  readonly chunks: Triples;
  readonly tokens: number;
};

export type PlayOptions = {
  readonly scheduler: Scheduler;
  /** Monotonic nanoseconds from which the timeline counts. */
  readonly startNs: number;
  readonly lateUsageMs: number;
  readonly fault?: StreamFault | undefined;
};

/** Plays one turn's timeline into a sink, a stamp taken just before each write; ends by itself or by `stop`. */
export class TurnPlayer implements Paced {
  dueNs: number;
  isEdge = false;
  readonly #encoder: Encoder;
  readonly #sink: Sink;
  readonly #options: PlayOptions;
  readonly #ended = Promise.withResolvers<Played>();
  readonly #chunks = new Triples();
  #timeline: Timeline;
  #startNs: number;
  #breakAt: number;
  #terminalNs = 0;
  #next = 0;
  #tokens = 0;
  #opened: number | undefined;
  #finishWritten: number | undefined;
  #terminalWritten: number | undefined;

  constructor(timeline: Timeline, wire: { readonly encoder: Encoder; readonly sink: Sink }, options: PlayOptions) {
    this.#timeline = timeline;
    this.#encoder = wire.encoder;
    this.#sink = wire.sink;
    this.#options = options;
    this.#startNs = options.startNs;
    this.#breakAt = tokensBeforeFault(options.fault, timeline);
    this.dueNs = options.startNs + timeline.openNs;
  }

  /** Plays to the end (or to `stop`) and says what was written when. */
  play(): Promise<Played> {
    this.#options.scheduler.add(this);
    return this.#ended.promise;
  }

  /** Writes nothing more. */
  stop(): void {
    this.dueNs = Number.POSITIVE_INFINITY;
    this.#options.scheduler.remove(this);
    this.#ended.resolve({
      opened: this.#opened,
      finishWritten: this.#finishWritten,
      terminalWritten: this.#terminalWritten,
      chunks: this.#chunks,
      tokens: this.#tokens,
    });
  }

  /** Content events written so far. */
  get position(): number {
    return this.#next;
  }

  /** Finishes the part being written and drops the rest. */
  endAfterPart(): void {
    this.#timeline = untilEndOfPart(this.#timeline, this.#next);
    this.fire(monotonicNs());
    if (Number.isFinite(this.dueNs)) this.#options.scheduler.add(this);
  }

  fire(nowNs: number): void {
    if (this.#opened === undefined) this.#open();
    const { emissions, endNs } = this.#timeline;
    this.#writeContent(nowNs);
    if (this.#tokens >= this.#breakAt) {
      this.#break(nowNs);
      return;
    }
    const next = emissions[this.#next];
    this.isEdge = next !== undefined && (this.#next === 0 || this.#next === emissions.length - 1);
    this.dueNs = this.#startNs + (next?.dueNs ?? endNs);
    if (next === undefined && this.dueNs <= nowNs) this.#finish(nowNs);
  }

  #open(): void {
    this.#opened = monotonicNs();
    this.#sink.open();
    this.#write(this.#encoder.open());
  }

  #writeContent(nowNs: number): void {
    const { emissions } = this.#timeline;
    const events: WireEvent[] = [];
    const first = this.#next;
    let tokens = 0;
    for (;;) {
      const emission = emissions[this.#next];
      if (emission === undefined || this.#startNs + emission.dueNs > nowNs) break;
      if (this.#tokens + tokens >= this.#breakAt) break;
      events.push(...this.#encoder.content(emission));
      tokens += emission.tokens;
      this.#next += 1;
      if (first === 0) break;
    }
    if (this.#next === first) return;
    const stamp = this.#write(events);
    this.#chunks.push(stamp, tokens, this.#next - first);
    this.#tokens += tokens;
    // A late first token makes the rest as late: a busy machine costs time to first token, never the rate.
    if (first === 0) this.#startNs = Math.max(this.#startNs, stamp - (emissions[0]?.dueNs ?? 0));
  }

  #finish(nowNs: number): void {
    if (this.#finishWritten === undefined) {
      this.#finishWritten = this.#write(this.#encoder.finish());
      this.#terminalNs = nowNs + this.#options.lateUsageMs * 1e6;
    }
    this.dueNs = this.#terminalNs;
    if (this.dueNs > nowNs) return;
    this.#terminalWritten = this.#write(this.#encoder.terminal());
    this.#sink.end();
    this.stop();
  }

  #break(nowNs: number): void {
    const { fault } = this.#options;
    this.#breakAt = Number.POSITIVE_INFINITY;
    const pauseMs = fault === undefined ? 0 : breakStream(fault, this.#encoder, this.#sink);
    if (pauseMs === undefined) {
      this.stop();
      return;
    }
    if (pauseMs > 0) {
      const { emissions, endNs } = this.#timeline;
      const nextNs = emissions[this.#next]?.dueNs ?? endNs;
      // Counted from now, not from a deadline already missed.
      this.#startNs = pauseMs * 1e6 + Math.max(this.#startNs, nowNs - nextNs);
    }
    this.fire(monotonicNs());
  }

  #write(events: readonly WireEvent[]): number {
    return events.length > 0 ? this.#sink.write(events) : monotonicNs();
  }
}
