import type { Protocol } from '../../endpoint.ts';
import type { ProtocolOptions } from '../protocol-options.ts';
import { createDecoder } from './decode.ts';
import { encode } from './encode.ts';

/** OpenAI Chat Completions, as spoken by most servers. */
export const chatCompletions = (options: ProtocolOptions): Protocol => ({
  name: 'chat-completions',
  encode: (request) => encode(request, options),
  authorization: (key) => ({ authorization: `Bearer ${key}` }),
  decoder: createDecoder,
});
