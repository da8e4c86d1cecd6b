import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Exchange, planExchange } from '../exchange.ts';
import { ConnectionFault, previousResponseNotFound } from '../fault/problems.ts';
import { monotonicNs } from '../pace/clock.ts';
import { perform } from '../perform.ts';
import type { SimulatedRequest } from '../plan/conversation.ts';
import { RequestProblem, type SimulatedProtocol } from '../protocol/protocol.ts';
import { responseIdOf } from '../protocol/responses/envelope.ts';
import type { Stage } from '../stage.ts';
import { readJson } from './body.ts';
import type { ConnectionGate } from './gate.ts';
import { answerHeaders } from './headers.ts';
import { jsonSink, sendJson, sseSink } from './respond.ts';

export const newRequestId = (): string => randomUUID().replaceAll('-', '');

/** Puts what went before in front of a request that continues a stored response. */
const continued = (stage: Stage, request: SimulatedRequest): SimulatedRequest => {
  const id = request.chain?.previousResponseId;
  if (id === undefined) return request;
  const before = stage.history.find(id);
  if (before === undefined) throw new RequestProblem(previousResponseNotFound(id));
  return { ...request, conversation: [...before, ...request.conversation] };
};

/** The conversation with what the model said in this exchange, up to a number of content events. */
export const conversationAfter = ({ arrival, turn, timeline }: Exchange, events?: number) => {
  const text =
    events === undefined
      ? turn.parts.map((part) => part.tokens.join('')).join('\n')
      : timeline.emissions
          .slice(0, events)
          .map((emission) => emission.text)
          .join('');
  const said = { role: 'assistant' as const, text };
  return text === '' ? arrival.request.conversation : [...arrival.request.conversation, said];
};

const respond = (stage: Stage, exchange: Exchange, http: { incoming: IncomingMessage; response: ServerResponse }) => {
  const { arrival, profile } = exchange;
  const { response } = http;
  const encoder = arrival.protocol.encoder(exchange.context);
  const headers = () => answerHeaders(stage, exchange);
  const { gzip, comments } = profile.chunks;
  const accepts = String(http.incoming.headers['accept-encoding'] ?? '').includes('gzip');
  const sink = arrival.request.stream
    ? sseSink(response, { headers, gzip: gzip && accepts, comments })
    : jsonSink(response, encoder, headers);
  const performance = perform(stage, exchange, { encoder, sink });
  response.once('close', () => {
    if (!response.writableFinished) performance.interrupt('closed');
  });
  if (arrival.request.chain?.store === true) {
    stage.history.keep(responseIdOf(arrival.requestId), conversationAfter(exchange));
  }
};

/** Carries out a fault below HTTP. */
export const breakConnection = (gate: ConnectionGate, fault: ConnectionFault['fault'], reset: () => void): void => {
  switch (fault.kind) {
    case 'hang':
      break;
    case 'reset':
      reset();
      break;
    case 'refuse_connections':
      gate.refuse(fault.for_ms);
      break;
    case 'hang_connections':
      gate.hang(fault.for_ms);
      break;
  }
};

export type HttpCall = {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly profileName: string | undefined;
};

/** Answers one POST in a protocol. */
export const answer = async (
  stage: Stage,
  call: HttpCall,
  on: { readonly protocol: SimulatedProtocol; readonly gate: ConnectionGate },
): Promise<void> => {
  const { incoming, response, profileName } = call;
  const { protocol } = on;
  const receivedNs = monotonicNs();
  const requestId = newRequestId();
  try {
    const request = continued(stage, protocol.read(await readJson(incoming)));
    const { headers } = incoming;
    const arrival = { protocol, transport: 'sse', headers, request, requestId, receivedNs, profileName } as const;
    respond(stage, planExchange(stage, arrival), call);
  } catch (error) {
    if (error instanceof ConnectionFault) {
      breakConnection(on.gate, error.fault, () => incoming.socket.resetAndDestroy());
    } else if (error instanceof RequestProblem) {
      const { problem } = error;
      sendJson(response, protocol.problemBody(problem), { status: problem.status, headers: problem.headers ?? {} });
    } else throw error;
  }
};
