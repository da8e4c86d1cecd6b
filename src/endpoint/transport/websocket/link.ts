import { type Clock, type MonotonicNs, millisecondsBetween } from '../../../domain/time.ts';
import type { Conversation } from '../../endpoint.ts';
import type { Exchange } from './exchange.ts';
import { type OpenedSocket, openWebSocket } from './open.ts';

/** WebSocket close code of a connection that ended without a word (RFC 6455, 7.4.1). */
const abnormalClosure = 1006;

export type LinkOptions = {
  readonly url: URL;
  readonly headers: () => Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly conversation: Conversation;
};

/** One connection of one session, with what its server remembers; it carries one exchange at a time, and one that is to follow it. */
export class WebSocketLink {
  readonly #options: LinkOptions;
  #opened: OpenedSocket | undefined;
  #openedAt: MonotonicNs;
  #exchange: Exchange | undefined;
  #successor: Exchange | undefined;
  #idleSince: MonotonicNs;
  #isClosed = false;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#openedAt = options.clock.now();
    this.#idleSince = this.#openedAt;
  }

  /** Free for another exchange. */
  get isIdle(): boolean {
    return !this.#isClosed && this.#exchange === undefined;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Since it was opened. */
  get ageMs(): number {
    return millisecondsBetween(this.#openedAt, this.#options.clock.now());
  }

  /** Since its last exchange was over; 0 during one. */
  get idleMs(): number {
    return this.isIdle ? millisecondsBetween(this.#idleSince, this.#options.clock.now()) : 0;
  }

  /** What to send for a body; to be asked before the clock of the call starts. */
  compose(body: unknown, options: { readonly warmUp: boolean }): string {
    return this.#options.conversation.outgoing(body, options);
  }

  /**
   * Sends a message, over a connection opened for it if need be. The exchange gets the answer or what went wrong;
   * resolves to why no connection could be opened, if so.
   */
  async run(message: string, exchange: Exchange): Promise<unknown> {
    this.#exchange = exchange;
    exchange.cutSignal.addEventListener('abort', () => this.close(), { once: true });
    if (this.#opened !== undefined) {
      exchange.reused(this.#options.clock.now());
      this.#opened.socket.send(message);
      return undefined;
    }
    const { url, headers, clock } = this.#options;
    try {
      const opened = await openWebSocket({ url, headers: headers(), clock, signal: exchange.cutSignal });
      this.#listen(opened);
      exchange.opened(opened);
      opened.socket.send(message);
      return undefined;
    } catch (error) {
      this.close();
      exchange.finish({ error });
      return error;
    }
  }

  /** Redirects the exchange under way: `successor` gets the answer that follows it. Returns false where that cannot be. */
  steer(body: unknown, successor: Exchange): boolean {
    const message = this.#exchange === undefined ? undefined : this.#options.conversation.steering(body);
    if (message === undefined || this.#opened === undefined) return false;
    this.#successor = successor;
    successor.cutSignal.addEventListener('abort', () => this.close(), { once: true });
    successor.reused(this.#options.clock.now());
    this.#opened.socket.send(message);
    return true;
  }

  close(): void {
    this.#isClosed = true;
    this.#exchange = undefined;
    this.#successor?.lost();
    this.#successor = undefined;
    this.#opened?.socket.terminate();
  }

  #listen(opened: OpenedSocket): void {
    this.#opened = opened;
    this.#openedAt = opened.at;
    opened.socket.on('message', (data) => this.#receive(String(data), opened.readAt()));
    opened.socket.on('close', (code) => {
      const exchange = this.#exchange;
      this.close();
      if (code === abnormalClosure) exchange?.lost();
      else exchange?.closed(this.#options.clock.now());
    });
  }

  #receive(data: string, at: MonotonicNs): void {
    const exchange = this.#exchange;
    if (exchange === undefined) return;
    exchange.received(data, at);
    const state = this.#options.conversation.incoming(data);
    if (state === 'continues') return;
    this.#exchange = this.#successor;
    this.#successor = undefined;
    this.#idleSince = at;
    exchange.finish();
    if (state !== 'failed') return;
    this.#exchange?.lost();
    this.close();
  }
}
