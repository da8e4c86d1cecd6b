import type { Protocol } from '../../endpoint.ts';
import type { ProtocolOptions } from '../protocol-options.ts';
import { createDecoder } from './decode.ts';
import { encode, originOf } from './encode.ts';

/** Anthropic Messages. */
export const messages = (options: ProtocolOptions): Protocol => ({
  name: 'messages',
  encode: (request) => encode(request, options),
  authorization: (key) => ({ 'x-api-key': key }),
  decoder: () => createDecoder({ origin: originOf(options), showsAllThinking: options.showsAllThinking ?? false }),
});
