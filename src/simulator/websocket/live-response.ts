import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Exchange } from '../exchange.ts';
import { type Performance, perform } from '../perform.ts';
import type { ConversationEntry } from '../plan/conversation.ts';
import { type ResponsesEncoder, responsesEncoder } from '../protocol/responses/encode.ts';
import { responseIdOf } from '../protocol/responses/envelope.ts';
import { readInput } from '../protocol/responses/read.ts';
import type { Stage } from '../stage.ts';
import { laneSink, laneWriter } from './lane-sink.ts';

/** How a response on a socket ended, and what follows from steering. */
export type Ending = {
  /** Whether it came to its end, or to where it was steered away: only then can it be continued. */
  readonly stands: boolean;
  /** Content events written; undefined when all of them were. */
  readonly events: number | undefined;
  /** Input with which a successor starts by itself. */
  readonly successor: readonly ConversationEntry[] | undefined;
  /** Input that waits for the client's tool results. */
  readonly pending: readonly ConversationEntry[];
};

type Wire = { readonly socket: WebSocket; readonly raw: Socket; readonly lane: string | undefined };

/** One response being written into a lane; it can be steered. */
export class LiveResponse {
  readonly id: string;
  readonly performance: Performance;
  readonly ended: Promise<Ending>;
  readonly #exchange: Exchange;
  readonly #encoder: ResponsesEncoder;
  readonly #write: ReturnType<typeof laneWriter>;
  #steerId: string | undefined;
  readonly #input: ConversationEntry[] = [];

  constructor(stage: Stage, exchange: Exchange, wire: Wire) {
    this.id = responseIdOf(exchange.arrival.requestId);
    this.#exchange = exchange;
    this.#encoder = responsesEncoder(exchange.context);
    this.#write = laneWriter(wire.socket, wire.lane);
    const sink = laneSink(wire.socket, wire.raw, wire.lane);
    this.performance = perform(stage, exchange, { encoder: this.#steerable(), sink });
    this.ended = this.performance.done.then(({ terminalWritten }) => this.#conclude(terminalWritten !== undefined));
  }

  /** Takes input for a redirected answer: says so, and ends the response at the profile's boundary. */
  steer(input: unknown): void {
    const entries = readInput(input);
    const isFirst = this.#steerId === undefined;
    this.#steerId ??= `steer_${randomUUID().replaceAll('-', '')}`;
    this.#input.push(...entries);
    this.#write([this.#encoder.event('response.steer.accepted', { steer: this.#reference() })]);
    if (!isFirst) return;
    const boundary = this.#exchange.profile.websocket.steer_boundary;
    this.performance.interrupt('steered', boundary);
    if (boundary === 'token') this.#write(this.#encoder.incomplete('steered'));
  }

  #reference() {
    return { id: this.#steerId, previous_response_id: this.id };
  }

  /** Whether all of the turn was written: nothing is left to steer away, and its tool calls stand. */
  get #isWhole(): boolean {
    return this.performance.position() >= this.#exchange.timeline.emissions.length;
  }

  /** The encoder as the player sees it: the end of a steered response says why it ended. */
  #steerable(): ResponsesEncoder {
    const encoder = this.#encoder;
    return {
      ...encoder,
      terminal: () =>
        this.#steerId === undefined || this.#isWhole ? encoder.terminal() : encoder.incomplete('steered'),
    };
  }

  #conclude(cameToItsEnd: boolean): Ending {
    const isSteered = this.#steerId !== undefined;
    const isCutAtOnce = isSteered && this.#exchange.profile.websocket.steer_boundary === 'token';
    const ending = {
      stands: cameToItsEnd || isCutAtOnce,
      events: this.#isWhole ? undefined : this.performance.position(),
      successor: undefined,
      pending: [],
    };
    if (!isSteered || !ending.stands) return ending;
    const calls = this.#isWhole ? this.#exchange.turn.parts.flatMap((part) => part.call?.id ?? []) : [];
    if (calls.length === 0) return { ...ending, successor: this.#input };
    const required = calls.map((call_id) => ({ type: 'function_call_output', call_id }));
    const fields = { steer: this.#reference(), reason: 'waiting_for_required_input', required_input: required };
    this.#write([this.#encoder.event('response.steer.pending', fields)]);
    return { ...ending, pending: this.#input };
  }
}
