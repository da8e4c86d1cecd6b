import type { ModelRequest } from '../domain/model/message.ts';
import type { Connection, StreamEvent } from '../domain/model/stream.ts';
import type { EndpointDescription } from '../domain/run.ts';
import type { MonotonicNs } from '../domain/time.ts';

/**
 * A model at an address. `stream` yields events stamped on arrival and ends after `end`; it throws EndpointError when
 * the call fails. It never retries by itself: retries are made visible by `limits/`.
 */
export interface ModelEndpoint extends AsyncDisposable {
  readonly description: EndpointDescription;
  stream(request: ModelRequest, options: { readonly signal: AbortSignal }): AsyncIterable<StreamEvent>;
  /** Opens the connection of a conversation that begins with this request, so that its first call need not. */
  warmUp(request: ModelRequest, options: { readonly signal: AbortSignal }): Promise<void>;
  /**
   * Redirects the answer under way of the request's session to this request, which extends the one being answered: the
   * answer under way ends by itself, these are the events of the one that follows. Absent where an answer can only be
   * stopped by leaving it.
   */
  readonly steer?:
    | ((request: ModelRequest, options: { readonly signal: AbortSignal }) => AsyncIterable<StreamEvent>)
    | undefined;
}

/** One unit as the transport saw it: `at` is stamped in the data callback, before decoding. */
export type Frame =
  | { readonly kind: 'dispatch'; readonly at: MonotonicNs }
  | { readonly kind: 'connection'; readonly at: MonotonicNs; readonly connection: Connection }
  | {
      readonly kind: 'headers';
      readonly at: MonotonicNs;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'data'; readonly at: MonotonicNs; readonly event?: string | undefined; readonly data: string }
  | { readonly kind: 'close'; readonly at: MonotonicNs };

/** Where a protocol's request goes, and its body. */
export type EncodedRequest = {
  readonly path: string;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  /** Which conversation it belongs to: transports with state per connection keep one connection a session. */
  readonly sessionId: string;
};

/** A pure codec: request → body, frames → events. Decoding keeps state per call, so it is made anew for each. */
export interface Protocol {
  readonly name: string;
  encode(request: ModelRequest): EncodedRequest;
  /** How this protocol's servers want to be shown the key. */
  authorization(key: string): Readonly<Record<string, string>>;
  /** A fresh decoder; feed it frames in order, it returns the events each led to. Throws EndpointError on error frames. */
  decoder(): (frame: Frame) => readonly StreamEvent[];
  /** Where the protocol can be spoken over a persistent connection: the state of a new one. */
  readonly conversation?: (() => Conversation) | undefined;
}

/** What a persistent connection must know of its protocol: what is left to say, and when an answer is over. */
export interface Conversation {
  /** The message for this body: all of it, or only what the server has not seen. A warm-up asks for no answer. */
  outgoing(body: unknown, options?: { readonly warmUp?: boolean }): string;
  /** To be told every message. `failed`: the connection is of no more use. */
  incoming(data: string): 'continues' | 'ended' | 'failed';
  /** The message that redirects the answer under way to this body; undefined where there is none, or it is not extended. */
  steering(body: unknown): string | undefined;
}

/**
 * Carries a request and yields frames in the batches in which they arrived: a promise per batch, not per token.
 * Throws EndpointError for refusal, time-out and cut; leaving the iteration early ends the request.
 */
export interface Transport extends AsyncDisposable {
  readonly name: string;
  send(request: EncodedRequest, options: { readonly signal: AbortSignal }): AsyncIterable<readonly Frame[]>;
  /** Connects before the first timed call; never rejects, since the call itself will say what is wrong. */
  warmUp(request: EncodedRequest, options: { readonly signal: AbortSignal }): Promise<void>;
  /** As {@link ModelEndpoint.steer}, frames for events. Absent where the transport carries one answer a connection. */
  readonly steer?:
    | ((request: EncodedRequest, options: { readonly signal: AbortSignal }) => AsyncIterable<readonly Frame[]>)
    | undefined;
}
