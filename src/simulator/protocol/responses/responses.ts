import type { SimulatedProtocol } from '../protocol.ts';
import { responsesEncoder } from './encode.ts';
import { readResponses } from './read.ts';

/** The OpenAI Responses API over SSE or as one JSON body; the WebSocket uses its events too. */
export const responsesProtocol: SimulatedProtocol = {
  name: 'responses',
  read: readResponses,
  encoder: responsesEncoder,
  problemBody: ({ message, type, code, param }) => ({ error: { message, type, param: param ?? null, code } }),
};
