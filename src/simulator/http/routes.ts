import type { IncomingMessage, ServerResponse } from 'node:http';
import { countTokens } from '../plan/tokens.ts';
import { chatProtocol } from '../protocol/chat/chat.ts';
import { messagesProtocol } from '../protocol/messages/messages.ts';
import type { SimulatedProtocol } from '../protocol/protocol.ts';
import { RequestProblem } from '../protocol/protocol.ts';
import { responsesProtocol } from '../protocol/responses/responses.ts';
import type { Stage } from '../stage.ts';
import { answer, type HttpCall } from './answer.ts';
import { readJson } from './body.ts';
import type { ConnectionGate } from './gate.ts';
import { sendJson } from './respond.ts';

const protocols: Readonly<Record<string, SimulatedProtocol>> = {
  '/v1/chat/completions': chatProtocol,
  '/v1/responses': responsesProtocol,
  '/v1/messages': messagesProtocol,
};

/** Path of a request without query and without a leading `/p/PROFILE`, which names the profile whatever the model. */
export const splitPath = (url: string | undefined): { path: string; profileName: string | undefined } => {
  const [path = '/'] = (url ?? '/').split('?');
  const [, profileName, rest] = /^\/p\/([^/]+)(\/.*)$/.exec(path) ?? [];
  return { path: rest ?? path, profileName };
};

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

const countMessageTokens = async ({ incoming, response }: HttpCall): Promise<void> => {
  try {
    const { preamble, conversation } = messagesProtocol.read(await readJson(incoming));
    const input = [...preamble, ...conversation].reduce((sum, entry) => sum + countTokens(entry.text), 0);
    sendJson(response, { input_tokens: input });
  } catch (error) {
    if (!(error instanceof RequestProblem)) throw error;
    sendJson(response, messagesProtocol.problemBody(error.problem), { status: error.problem.status });
  }
};

const unknownUrl = (path: string) => ({
  error: { message: `Unknown request URL: ${path}`, type: 'invalid_request_error', param: null, code: 'unknown_url' },
});

/** Answers one HTTP request. */
export const route = async (
  stage: Stage,
  gate: ConnectionGate,
  http: { readonly incoming: IncomingMessage; readonly response: ServerResponse },
): Promise<void> => {
  const { incoming, response } = http;
  const { path, profileName } = splitPath(incoming.url);
  const protocol = protocols[path];
  const call = { incoming, response, profileName };
  if (incoming.method === 'POST') {
    if (protocol !== undefined) return answer(stage, call, { protocol, gate });
    if (path === '/v1/messages/count_tokens') return countMessageTokens(call);
  }
  incoming.resume();
  if (path === '/v1/models') return sendJson(response, modelList(stage));
  // The simulator's own truth, for a client that runs in another process.
  if (path === '/tacho/stamps') return sendJson(response, { stamps: stage.stamps.list() });
  sendJson(response, unknownUrl(path), { status: 404 });
};
