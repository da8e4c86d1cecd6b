import { EndpointError, type EndpointPhase } from '../../../domain/model/endpoint-error.ts';
import type { Clock } from '../../../domain/time.ts';
import type { Frame } from '../../endpoint.ts';
import { BatchQueue } from '../batch-queue.ts';
import { startWatchdog, type Timeouts, type Watchdog } from '../watchdog.ts';
import type { OpenedSocket } from './open.ts';

export type ExchangeOptions = { readonly clock: Clock; readonly timeouts: Timeouts; readonly signal: AbortSignal };

/** One request and its answer on a persistent connection. */
export class Exchange {
  readonly frames: BatchQueue<Frame>;
  readonly #ended = new AbortController();
  readonly #signal: AbortSignal;
  readonly #watchdog: Watchdog;
  #phase: EndpointPhase = 'connect';

  constructor({ clock, timeouts, signal }: ExchangeOptions) {
    this.#signal = signal;
    this.frames = new BatchQueue(() => this.cut(new Error('the reader left')));
    this.#watchdog = startWatchdog(timeouts, (what) =>
      this.cut(new EndpointError('timeout', what, { phase: this.#phase })),
    );
    signal.addEventListener('abort', this.#onAbort, { once: true });
    this.frames.push({ kind: 'dispatch', at: clock.now() });
  }

  /** Fires when the exchange was ended from this side: there is no way to stop an answer but to close its connection. */
  get cutSignal(): AbortSignal {
    return this.#ended.signal;
  }

  opened({ at, headers, connection }: OpenedSocket): void {
    this.frames.push({ kind: 'connection', at, connection });
    this.frames.push({ kind: 'headers', at, status: 101, headers });
    this.#sent();
  }

  reused(at: number): void {
    this.frames.push({ kind: 'connection', at, connection: { reused: true } });
    this.#sent();
  }

  received(data: string, at: number): void {
    this.#phase = 'mid-stream';
    this.#watchdog.heard();
    this.frames.push({ kind: 'data', at, data });
  }

  /** The connection is gone. */
  lost(): void {
    this.finish({ error: new EndpointError('connection-lost', 'closed the connection', { phase: this.#phase }) });
  }

  /** The peer closed the connection in good order: the decoder knows whether the answer was whole. */
  closed(at: number): void {
    this.frames.push({ kind: 'close', at });
    this.finish();
  }

  cut(error: Error): void {
    this.finish({ error });
    this.#ended.abort(error);
  }

  finish(ending: { readonly error?: unknown } = {}): void {
    this.#watchdog.stop();
    this.#signal.removeEventListener('abort', this.#onAbort);
    this.frames.end(ending);
  }

  #sent(): void {
    this.#phase = 'headers';
    this.#watchdog.connected();
  }

  readonly #onAbort = (): void => this.cut(this.#signal.reason);
}
