import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { type Arrival, type Exchange, planExchange } from '../exchange.ts';
import { ConnectionFault, connectionLimitReached, previousResponseNotFound } from '../fault/problems.ts';
import { breakConnection, conversationAfter, newRequestId } from '../http/answer.ts';
import type { ConnectionGate } from '../http/gate.ts';
import { monotonicNs } from '../pace/clock.ts';
import type { ConversationEntry, SimulatedRequest } from '../plan/conversation.ts';
import { invalidRequest, RequestProblem } from '../protocol/protocol.ts';
import { readResponses } from '../protocol/responses/read.ts';
import { responsesProtocol } from '../protocol/responses/responses.ts';
import { findProfile, type Stage } from '../stage.ts';
import { type ClientEvent, readEvent, readSteer, refusalEvent } from './event.ts';
import { laneWriter } from './lane-sink.ts';
import { Lanes } from './lanes.ts';
import { LiveResponse } from './live-response.ts';

/** What a connection is made of. */
export type ConnectionParts = {
  readonly stage: Stage;
  readonly gate: ConnectionGate;
  readonly socket: WebSocket;
  readonly upgrade: IncomingMessage;
  readonly profileName: string | undefined;
};

/** One persistent WebSocket of the Responses API with the state that lives and dies with it. */
export class ResponsesConnection {
  readonly #parts: ConnectionParts;
  readonly #openedNs = monotonicNs();
  readonly #lanes = new Lanes();
  /** The latest response of each lane, and what the client steered into it but could not be said yet. */
  readonly #latest = new Map<string | undefined, { id: string; conversation: readonly ConversationEntry[] }>();
  readonly #steered = new Map<string, readonly ConversationEntry[]>();
  readonly #live = new Map<string, LiveResponse>();

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    const { socket } = parts;
    socket.on('message', (data) => this.#receive(String(data), monotonicNs()));
    socket.on('close', () => {
      for (const response of this.#live.values()) response.performance.interrupt('closed');
    });
    socket.on('error', () => {});
  }

  #receive(text: string, receivedNs: number): void {
    let event: ClientEvent | undefined;
    try {
      event = readEvent(text);
      if (event.type === 'response.create') this.#create(event, receivedNs);
      else if (event.type === 'response.steer') this.#steer(event);
      else throw invalidRequest(`Unknown event type "${event.type}".`);
    } catch (error) {
      this.#refuse(error, event?.lane);
    }
  }

  /** Takes a request into its lane; it starts when the lane is free. */
  #create({ lane, body }: ClientEvent, receivedNs: number): void {
    const request = { ...readResponses(body), stream: true };
    this.#lanes.run(lane, async (waited) => {
      try {
        await this.#respond(request, lane, waited ? monotonicNs() : receivedNs);
      } catch (error) {
        this.#refuse(error, lane, request.chain?.previousResponseId);
      }
    });
  }

  async #respond(request: SimulatedRequest, lane: string | undefined, receivedNs: number): Promise<void> {
    if (this.#parts.socket.readyState !== this.#parts.socket.OPEN) return;
    const exchange = this.#plan({ ...request, conversation: this.#conversationOf(request) }, receivedNs);
    const { socket, upgrade, stage } = this.#parts;
    const response = new LiveResponse(stage, exchange, { socket, raw: upgrade.socket, lane });
    this.#live.set(response.id, response);
    const ending = await response.ended;
    this.#live.delete(response.id);
    if (!ending.stands) {
      this.#latest.delete(lane);
      return;
    }
    const conversation = conversationAfter(exchange, ending.events);
    this.#latest.set(lane, { id: response.id, conversation });
    if (request.chain?.store === true) stage.history.keep(response.id, conversation);
    if (ending.pending.length > 0) this.#steered.set(response.id, ending.pending);
    if (ending.successor === undefined) return;
    const chain = { store: false, generate: true, ...request.chain, previousResponseId: response.id };
    await this.#respond({ ...request, conversation: ending.successor, chain }, lane, monotonicNs());
  }

  #plan(request: SimulatedRequest, receivedNs: number): Exchange {
    const { stage, upgrade, profileName } = this.#parts;
    const { headers } = upgrade;
    const { websocket } = findProfile(stage, profileName ?? request.model, headers['x-simulate-profile']);
    if (receivedNs - this.#openedNs > websocket.connection_limit_s * 1e9) {
      throw new RequestProblem(connectionLimitReached);
    }
    const arrival: Arrival = {
      protocol: responsesProtocol,
      transport: 'websocket',
      headers,
      request,
      requestId: newRequestId(),
      receivedNs,
      profileName,
    };
    return planExchange(stage, arrival);
  }

  /** What went before, from this connection's state or the store, then what was steered, then the new items. */
  #conversationOf(request: SimulatedRequest): readonly ConversationEntry[] {
    const id = request.chain?.previousResponseId;
    if (id === undefined) return request.conversation;
    const local = [...this.#latest.values()].find((latest) => latest.id === id)?.conversation;
    const before = local ?? this.#parts.stage.history.find(id);
    if (before === undefined) throw new RequestProblem(previousResponseNotFound(id));
    const steered = this.#steered.get(id) ?? [];
    this.#steered.delete(id);
    return [...before, ...steered, ...request.conversation];
  }

  #steer({ lane, body }: ClientEvent): void {
    const event = readSteer(body);
    const live = this.#live.get(event.previous_response_id);
    if (live !== undefined) {
      live.steer(event.input);
      return;
    }
    const steer = { previous_response_id: event.previous_response_id, input: event.input };
    const error = { type: 'invalid_request_error', code: 'response_not_active', message: 'The response is over.' };
    laneWriter(
      this.#parts.socket,
      lane,
    )([{ data: JSON.stringify({ type: 'response.steer.failed', sequence_number: 0, steer, error }) }]);
  }

  #refuse(error: unknown, lane: string | undefined, previousResponseId?: string): void {
    const { socket, upgrade, gate } = this.#parts;
    if (error instanceof ConnectionFault) {
      breakConnection(gate, error.fault, () => upgrade.socket.resetAndDestroy());
      return;
    }
    if (!(error instanceof RequestProblem)) throw error;
    // A refusal forgets the response it would have continued.
    if (this.#latest.get(lane)?.id === previousResponseId) this.#latest.delete(lane);
    laneWriter(socket, lane)([refusalEvent(error.problem)]);
    if (error.problem.code === connectionLimitReached.code) socket.close(1000);
  }
}
