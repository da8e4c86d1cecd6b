import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { SimulatedRequest } from './plan/conversation.ts';

const sessionHeaders = ['x-session-id', 'session-id', 'session_id', 'thread-id', 'x-claude-code-session-id'] as const;

/** Which session a request belongs to: a header, else what the body says, else the first thing the user said. */
export const sessionOf = (headers: IncomingHttpHeaders, request: SimulatedRequest): string => {
  for (const name of sessionHeaders) {
    const value = headers[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  if (request.cacheKey !== undefined) return request.cacheKey;
  const opening = request.conversation.find((entry) => entry.role === 'user')?.text ?? '';
  return createHash('sha256').update(opening).digest('hex').slice(0, 16);
};
