import type { Problem } from '../protocol.ts';

const errorTypes: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};

/** A refusal or a failure in Anthropic's words. */
export const problemBody = ({ status, message }: Problem) => ({
  type: 'error',
  error: { type: errorTypes[status] ?? 'api_error', message },
});
