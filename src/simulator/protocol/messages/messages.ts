import type { SimulatedProtocol } from '../protocol.ts';
import { messagesEncoder } from './encode.ts';
import { problemBody } from './problem.ts';
import { readMessages } from './read.ts';

/** Anthropic Messages over SSE or as one JSON body. */
export const messagesProtocol: SimulatedProtocol = {
  name: 'messages',
  read: readMessages,
  encoder: messagesEncoder,
  problemBody,
};
