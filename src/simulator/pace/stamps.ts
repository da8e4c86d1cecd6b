import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

/** One write: [monotonic ns just before it, tokens in it, content events in it]. */
export type ChunkStamp = readonly [atNs: number, tokens: number, events: number];

/** The simulator's own truth about one request; stamps are CLOCK_MONOTONIC nanoseconds taken just before the write. */
export type RequestStamp = {
  readonly requestId: string;
  readonly sessionId: string;
  readonly model: string;
  readonly protocol: string;
  readonly transport: 'sse' | 'websocket' | 'json';
  readonly task: string | undefined;
  readonly attempt: string | undefined;
  readonly turnIndex: number | undefined;
  readonly received: number;
  readonly opened: number | undefined;
  readonly firstContentWritten: number | undefined;
  readonly lastContentWritten: number | undefined;
  /** The events that end the turn, before a late usage. */
  readonly finishWritten: number | undefined;
  readonly terminalWritten: number | undefined;
  /** Tokens written. */
  readonly tokens: number;
  readonly chunks: readonly ChunkStamp[];
  readonly fault: string | undefined;
  readonly interrupted: InterruptStamp | undefined;
};

/** The client stopped the turn. */
type InterruptStamp = {
  /** When the simulator saw it. */
  readonly at: number;
  readonly how: 'closed' | 'steered';
  /** Tokens written after that, to end an output item. */
  readonly tokensAfter: number;
  /** Tokens that were never written because of it. */
  readonly tokensSaved: number;
};

/** Keeps the latest stamps in memory and, if asked to, appends every one to a JSONL file. */
export class StampLog {
  readonly #stamps: RequestStamp[] = [];
  readonly #file: WriteStream | undefined;
  readonly #capacity: number;

  constructor(path?: string, capacity = 4096) {
    this.#file = path === undefined ? undefined : createWriteStream(path, { flags: 'a' });
    this.#capacity = capacity;
  }

  add(stamp: RequestStamp): void {
    this.#stamps.push(stamp);
    if (this.#stamps.length > this.#capacity) this.#stamps.shift();
    this.#file?.write(`${JSON.stringify(stamp)}\n`);
  }

  list(): readonly RequestStamp[] {
    return [...this.#stamps];
  }

  async close(): Promise<void> {
    if (this.#file === undefined) return;
    this.#file.end();
    await finished(this.#file);
  }
}
