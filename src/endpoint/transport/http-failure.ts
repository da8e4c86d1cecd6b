import { EndpointError, type EndpointPhase } from '../../domain/model/endpoint-error.ts';
import type { Clock } from '../../domain/time.ts';
import { classifyFault } from '../fault/classify.ts';
import { readErrorBody } from '../fault/provider-words.ts';
import { retryAfterMs } from '../fault/retry-after.ts';

/** An answer that is no stream: its status, what the provider wrote, and the wait it asks for. */
export const httpFailure = (
  answer: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string },
  clock: Clock,
): EndpointError => {
  const words = readErrorBody(answer.body);
  const fault =
    answer.status < 300 ? 'malformed' : (classifyFault({ ...words, status: answer.status }) ?? 'server-error');
  const explanation = answer.status < 300 ? 'answered without a stream' : `answered ${answer.status}`;
  return new EndpointError(fault, words.message === '' ? explanation : `${explanation}: ${words.message}`, {
    phase: 'headers',
    status: answer.status,
    retryAfterMs: retryAfterMs(answer.headers, words.message, clock.wall()),
    isRetryable: shouldRetry[answer.headers['x-should-retry'] ?? ''],
  });
};

/** OpenAI and Anthropic say in a header whether trying again makes sense. */
const shouldRetry: Readonly<Record<string, boolean | undefined>> = { true: true, false: false };

const refusedCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** What a socket's error means, by how far the call had come. */
export const socketFailure = (error: Error, phase: EndpointPhase): EndpointError => {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') {
    return new EndpointError('timeout', `no connection (${code})`, { phase, cause: error });
  }
  const refused = phase === 'connect' && (refusedCodes.has(code) || !code.startsWith('UND_ERR_SOCKET'));
  const what = refused ? 'could not be reached' : 'closed the connection';
  return new EndpointError(refused ? 'refused' : 'connection-lost', `${what} (${code})`, { phase, cause: error });
};
