import type { Protocol } from '../../endpoint.ts';
import type { ProtocolOptions } from '../protocol-options.ts';
import { createConversation } from './conversation.ts';
import { createDecoder } from './decode.ts';
import { encode, originOf } from './encode.ts';

/** OpenAI Responses, for SSE and for a persistent WebSocket. */
export const responses = (options: ProtocolOptions): Protocol => ({
  name: 'responses',
  encode: (request) => encode(request, options),
  authorization: (key) => ({ authorization: `Bearer ${key}` }),
  decoder: () => createDecoder(originOf(options)),
  conversation: createConversation,
});
