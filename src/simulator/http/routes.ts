import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Exchange, planExchange, type Stage, startExchange } from '../exchange.ts';
import { monotonicNs } from '../pace/clock.ts';
import { chatProtocol } from '../protocol/chat/chat.ts';
import { type Problem, RequestProblem, type SimulatedProtocol } from '../protocol/protocol.ts';
import { readJson } from './body.ts';
import { jsonSink, sendJson, sseSink } from './respond.ts';

const protocols: Readonly<Record<string, SimulatedProtocol>> = { '/v1/chat/completions': chatProtocol };

const notFound = (path: string): Problem => ({
  status: 404,
  type: 'invalid_request_error',
  code: 'unknown_url',
  message: `Unknown request URL: ${path}`,
});

const modelList = (stage: Stage) => ({
  object: 'list',
  data: stage.profiles.map((profile) => ({
    id: profile.name,
    object: 'model',
    created: 0,
    owned_by: 'tacho-simulator',
    description: `Simulated. ${profile.description}`,
  })),
});

const refuse = (response: ServerResponse, protocol: SimulatedProtocol, problem: Problem) =>
  sendJson(response, protocol.problemBody(problem), { status: problem.status, headers: problem.headers ?? {} });

const perform = (stage: Stage, exchange: Exchange, response: ServerResponse) => {
  const headers = () => ({ 'x-request-id': exchange.arrival.requestId });
  const sink = exchange.arrival.request.stream
    ? sseSink(response, headers)
    : jsonSink(response, exchange.encoder, headers);
  const performance = startExchange(stage, exchange, sink);
  response.once('close', () => {
    if (!response.writableFinished) performance.interrupt('closed');
  });
};

const answer = async (stage: Stage, protocol: SimulatedProtocol, http: [IncomingMessage, ServerResponse]) => {
  const [incoming, response] = http;
  const receivedNs = monotonicNs();
  const requestId = stage.nextId();
  try {
    const request = protocol.read(await readJson(incoming));
    const { headers } = incoming;
    perform(
      stage,
      planExchange(stage, { protocol, transport: 'sse', headers, request, requestId, receivedNs }),
      response,
    );
  } catch (error) {
    if (!(error instanceof RequestProblem)) throw error;
    refuse(response, protocol, error.problem);
  }
};

/** Answers one HTTP request. */
export const route = async (stage: Stage, incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
  const path = (incoming.url ?? '/').split('?')[0] ?? '/';
  const protocol = protocols[path];
  if (protocol !== undefined && incoming.method === 'POST') return answer(stage, protocol, [incoming, response]);
  incoming.resume();
  if (path === '/v1/models') return sendJson(response, modelList(stage));
  refuse(response, chatProtocol, notFound(path));
};
