import type { EndpointFault } from '../../domain/model/endpoint-error.ts';
import type { ProviderWords } from './provider-words.ts';

/** Words of providers' error types and codes; the first that matches decides. */
const byWord: readonly (readonly [RegExp, EndpointFault])[] = [
  // The server lost what the connection stood for: the next try tells it everything again.
  [/previous_response_not_found|websocket_connection_limit/, 'connection-lost'],
  [/context_length|context_window|context_limit|prompt_too_long|exceed_context/, 'context-overflow'],
  // An empty account answers 429 too, but no waiting fills it.
  [/insufficient_quota|billing|authentication|invalid_api_key|permission|account_deactivated/, 'authentication'],
  [/rate_limit|too_many_requests|tokens_exceeded|queue_exceeded/, 'rate-limited'],
  [/overloaded|slow_down|unavailable|capacity/, 'overloaded'],
  [/not_found|model_not_exist/, 'not-found'],
  [/timeout/, 'timeout'],
  [/server_error|api_error|internal/, 'server-error'],
];

/** Too general a word to overrule a status. */
const invalid = /invalid|bad_request|unsupported/;

const overflowMessage =
  /context (?:length|window|size)|maximum (?:context|prompt) length|prompt is too long|input is too long|too many (?:input )?tokens|reduce the length/i;

const byStatus: Readonly<Record<number, EndpointFault>> = {
  401: 'authentication',
  402: 'authentication',
  403: 'authentication',
  404: 'not-found',
  408: 'timeout',
  409: 'server-error',
  425: 'server-error',
  429: 'rate-limited',
  503: 'overloaded',
  529: 'overloaded',
};

/** The kind of a provider's refusal, from its type and code, then its status; undefined where neither says. */
export const classifyFault = (words: ProviderWords): EndpointFault | undefined => {
  const { status } = words;
  const name = `${words.code ?? ''} ${words.type ?? ''}`.toLowerCase();
  const isRequestFault = status === undefined || status === 400 || status === 413 || status === 422;
  if (isRequestFault && overflowMessage.test(words.message)) return 'context-overflow';
  const named = byWord.find(([pattern]) => pattern.test(name))?.[1];
  if (named !== undefined) return named;
  if (status === undefined) return invalid.test(name) ? 'invalid-request' : undefined;
  return byStatus[status] ?? (status >= 500 ? 'server-error' : 'invalid-request');
};
