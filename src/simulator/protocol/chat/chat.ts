import type { SimulatedProtocol } from '../protocol.ts';
import { chatEncoder } from './encode.ts';
import { readChat } from './read.ts';

/** OpenAI Chat Completions over SSE or as one JSON body. */
export const chatProtocol: SimulatedProtocol = {
  name: 'chat',
  read: readChat,
  encoder: chatEncoder,
  problemBody: ({ message, type, code }) => ({ error: { message, type, param: null, code } }),
};
