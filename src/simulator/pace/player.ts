import type { Encoder, WireEvent } from '../protocol/protocol.ts';
import { monotonicNs } from './clock.ts';
import type { Paced, Scheduler } from './scheduler.ts';
import type { ChunkStamp } from './stamps.ts';
import type { Timeline } from './timeline.ts';

/** Where a turn's events go. */
export type Sink = {
  /** Called before the first write: response headers. */
  open(): void;
  write(events: readonly WireEvent[]): void;
  end(): void;
};

/** Stamps of a turn as it was played; monotonic nanoseconds, absent when it did not come to that. */
export type Played = {
  readonly opened: number | undefined;
  readonly finishWritten: number | undefined;
  readonly terminalWritten: number | undefined;
  readonly chunks: readonly ChunkStamp[];
  readonly tokens: number;
};

/** Plays one turn's timeline into a sink, a write stamped just before it is made; ends by itself or by `stop`. */
export class TurnPlayer implements Paced {
  dueNs: number;
  isEdge = false;
  #startNs: number;
  readonly #timeline: Timeline;
  readonly #encoder: Encoder;
  readonly #sink: Sink;
  readonly #scheduler: Scheduler;
  readonly #lateNs: number;
  readonly #finished = Promise.withResolvers<Played>();
  readonly #chunks: ChunkStamp[] = [];
  #next = 0;
  #tokens = 0;
  #opened: number | undefined;
  #finishWritten: number | undefined;
  #terminalWritten: number | undefined;

  constructor(
    timeline: Timeline,
    wire: { readonly encoder: Encoder; readonly sink: Sink },
    options: { readonly scheduler: Scheduler; readonly startNs: number; readonly lateUsageMs: number },
  ) {
    this.#timeline = timeline;
    this.#encoder = wire.encoder;
    this.#sink = wire.sink;
    this.#scheduler = options.scheduler;
    this.#startNs = options.startNs;
    this.#lateNs = options.lateUsageMs * 1e6;
    this.dueNs = options.startNs + timeline.openNs;
  }

  /** Plays to the end (or to `stop`) and says what was written when. */
  play(): Promise<Played> {
    this.#scheduler.add(this);
    return this.#finished.promise;
  }

  /** Writes nothing more. */
  stop(): void {
    this.dueNs = Number.POSITIVE_INFINITY;
    this.#scheduler.remove(this);
    this.#finished.resolve({
      opened: this.#opened,
      finishWritten: this.#finishWritten,
      terminalWritten: this.#terminalWritten,
      chunks: this.#chunks,
      tokens: this.#tokens,
    });
  }

  fire(nowNs: number): void {
    if (this.#opened === undefined) this.#open();
    const { emissions, endNs } = this.#timeline;
    const [first] = emissions;
    if (this.#next === 0 && first !== undefined) this.#anchor(first.dueNs, nowNs);
    this.#writeContent(nowNs);
    const next = emissions[this.#next];
    if (next !== undefined) {
      this.isEdge = this.#next === 0 || this.#next === emissions.length - 1;
      this.dueNs = this.#startNs + next.dueNs;
      return;
    }
    this.isEdge = false;
    const finishNs = this.#startNs + endNs;
    if (nowNs < finishNs) {
      this.dueNs = finishNs;
      return;
    }
    if (this.#finishWritten === undefined) this.#finishWritten = this.#write(this.#encoder.finish());
    this.dueNs = finishNs + this.#lateNs;
    if (this.dueNs <= nowNs) this.#end();
  }

  #open(): void {
    this.#opened = monotonicNs();
    this.#sink.open();
    this.#write(this.#encoder.open());
  }

  /** A late first token makes the rest as late: a busy machine costs time to first token, never the rate. */
  #anchor(firstDueNs: number, nowNs: number): void {
    this.#startNs += Math.max(0, nowNs - this.#startNs - firstDueNs);
  }

  #writeContent(nowNs: number): void {
    const { emissions } = this.#timeline;
    const events: WireEvent[] = [];
    const first = this.#next;
    let tokens = 0;
    for (;;) {
      const emission = emissions[this.#next];
      if (emission === undefined || this.#startNs + emission.dueNs > nowNs) break;
      events.push(...this.#encoder.content(emission));
      tokens += emission.tokens;
      this.#next += 1;
    }
    if (events.length === 0) return;
    this.#chunks.push([this.#write(events), tokens, this.#next - first]);
    this.#tokens += tokens;
  }

  #write(events: readonly WireEvent[]): number {
    const stamp = monotonicNs();
    if (events.length > 0) this.#sink.write(events);
    return stamp;
  }

  #end(): void {
    this.#terminalWritten = this.#write(this.#encoder.terminal());
    this.#sink.end();
    this.stop();
  }
}
