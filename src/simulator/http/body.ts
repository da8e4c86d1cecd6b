import type { IncomingMessage } from 'node:http';
import { invalidRequest } from '../protocol/protocol.ts';

const limitBytes = 64 * 1024 * 1024;

/** Reads a request's JSON body; throws RequestProblem where it is none. */
export const readJson = async (request: IncomingMessage): Promise<unknown> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > limitBytes) throw invalidRequest(`The body is larger than ${limitBytes} bytes.`);
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    throw invalidRequest('The body is not JSON.');
  }
};
