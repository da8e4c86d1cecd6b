import { createParser, type EventSourceParser } from 'eventsource-parser';
import type { Dispatcher } from 'undici';
import { EndpointError, type EndpointPhase } from '../../domain/model/endpoint-error.ts';
import type { Clock, MonotonicNs } from '../../domain/time.ts';
import type { Frame } from '../endpoint.ts';
import { BatchQueue } from './batch-queue.ts';
import type { ConnectionWatch } from './connection-watch.ts';
import { httpFailure, socketFailure } from './http-failure.ts';
import { startWatchdog, type Timeouts, type Watchdog } from './watchdog.ts';

type Controller = Dispatcher.DispatchController;
type RawHeaders = Readonly<Record<string, string | string[] | undefined>>;
type Answer = { readonly status: number; readonly headers: Readonly<Record<string, string>> };

const longestErrorBody = 65_536;
const longestEvent = 64 * 1024 * 1024;

export type SseCallOptions = {
  readonly clock: Clock;
  readonly timeouts: Timeouts;
  readonly watch: ConnectionWatch;
  readonly signal: AbortSignal;
};

/** One request between undici's callbacks and the reader of its frames. */
export class SseCall implements Dispatcher.DispatchHandler {
  readonly frames: BatchQueue<Frame>;
  readonly #options: SseCallOptions;
  readonly #watchdog: Watchdog;
  readonly #decoder = new TextDecoder();
  readonly #parser: EventSourceParser;
  #phase: EndpointPhase = 'connect';
  #controller: Controller | undefined;
  #answer: Answer | undefined;
  /** The body so far of an answer that is no stream. */
  #plainBody: string | undefined;
  #readAt: MonotonicNs = 0;
  #handedOverAt: MonotonicNs = 0;
  #isDispatched = false;

  constructor(options: SseCallOptions) {
    this.#options = options;
    this.frames = new BatchQueue(() => this.#cut(new Error('the reader left')));
    this.#parser = createParser({
      maxBufferSize: longestEvent,
      onEvent: ({ event, data }) => this.frames.push({ kind: 'data', at: this.#readAt, event, data }),
      onError: ({ type }) => {
        if (type === 'max-buffer-size-exceeded') this.#cut(this.#error('malformed', 'sent an event above 64 MB'));
      },
    });
    this.#watchdog = startWatchdog(options.timeouts, (what) => this.#cut(this.#error('timeout', what)));
    options.signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** To be called directly before the request is given to undici. */
  handOver(): void {
    this.#handedOverAt = this.#options.clock.now();
  }

  onRequestStart(controller: Controller): void {
    const at = this.#options.clock.now();
    this.#controller = controller;
    if (this.frames.isEnded) {
      controller.abort(new Error('ended before it was sent'));
      return;
    }
    this.#phase = 'headers';
    this.#watchdog.connected();
    this.#options.watch.onNextWrite((connection) => {
      // Opening a connection belongs to the call; waiting in undici for one that is open does not.
      this.#dispatch(connection.reused ? at : this.#handedOverAt);
      this.frames.push({ kind: 'connection', at, connection });
    });
  }

  onResponseStart(_controller: Controller, status: number, rawHeaders: RawHeaders): void {
    const at = this.#options.watch.readAt();
    if (status < 200) return;
    const headers = flatHeaders(rawHeaders);
    this.#answer = { status, headers };
    this.#phase = 'mid-stream';
    this.#watchdog.heard();
    this.frames.push({ kind: 'headers', at, status, headers });
    const encoding = headers['content-encoding'] ?? 'identity';
    if (!isStream(this.#answer)) this.#plainBody = '';
    else if (encoding !== 'identity') {
      this.#cut(this.#error('malformed', `compressed its stream (${encoding}) unasked: the timing is lost`));
    }
  }

  onResponseData(_controller: Controller, chunk: Buffer): void {
    this.#readAt = this.#options.watch.readAt();
    this.#watchdog.heard();
    const text = this.#decoder.decode(chunk, { stream: true });
    if (this.#plainBody === undefined) this.#parser.feed(text);
    else if (this.#plainBody.length < longestErrorBody) this.#plainBody += text;
  }

  onResponseEnd(): void {
    const at = this.#options.watch.readAt();
    if (this.#plainBody !== undefined && this.#answer !== undefined) {
      this.#finish({ error: httpFailure({ ...this.#answer, body: this.#plainBody }, this.#options.clock) });
    } else {
      this.frames.push({ kind: 'close', at });
      // undici frees the connection in the next turn of the event loop: a call right after this one can then use it.
      queueMicrotask(() => setImmediate(() => this.#finish()));
    }
  }

  onResponseError(_controller: Controller, error: Error): void {
    this.#finish({ error: socketFailure(error, this.#phase) });
  }

  readonly #onAbort = (): void => this.#cut(this.#options.signal.reason);

  #cut(error: Error): void {
    this.#finish({ error });
    this.#controller?.abort(error);
  }

  #dispatch(at: MonotonicNs): void {
    if (!this.#isDispatched) this.frames.push({ kind: 'dispatch', at });
    this.#isDispatched = true;
  }

  #finish(ending: { readonly error?: unknown } = {}): void {
    this.#dispatch(this.#handedOverAt);
    this.#watchdog.stop();
    this.#options.signal.removeEventListener('abort', this.#onAbort);
    this.frames.end(ending);
  }

  #error(fault: 'malformed' | 'timeout', what: string): EndpointError {
    return new EndpointError(fault, what, { phase: this.#phase, status: this.#answer?.status });
  }
}

/** Providers name a stream's type in many ways; only JSON is surely not one. */
const isStream = ({ status, headers }: Answer): boolean =>
  status >= 200 && status < 300 && !(headers['content-type'] ?? '').includes('json');

const flatHeaders = (headers: RawHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
