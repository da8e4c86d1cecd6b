import { type Problem, RequestProblem } from '../protocol/protocol.ts';
import type { Fault, FaultOf, RetryAfterForm } from './fault.ts';
import { retryHint } from './retry-after.ts';

const words: Readonly<Record<number, readonly [type: string, code: string, message: string]>> = {
  400: ['invalid_request_error', 'invalid_request', 'The request is not valid.'],
  401: ['authentication_error', 'invalid_api_key', 'Incorrect API key provided.'],
  403: ['permission_error', 'permission_denied', 'You have no access to this model.'],
  404: ['invalid_request_error', 'model_not_found', 'The model does not exist.'],
  408: ['timeout', 'request_timeout', 'The request took too long.'],
  429: ['rate_limit_error', 'rate_limit_exceeded', 'Rate limit reached for requests.'],
  503: ['service_unavailable', 'service_unavailable', 'The engine is currently overloaded.'],
  529: ['overloaded_error', 'overloaded', 'Overloaded'],
};

/** A refusal with an HTTP status in the vendor's words. */
export const statusProblem = (status: number, form: RetryAfterForm = 'none', waitMs = 0): Problem => {
  const [type, code, message] = words[status] ?? ['server_error', 'server_error', 'The server had an error.'];
  const hint = retryHint(form, waitMs, Date.now());
  return { status, type, code, message: `Simulated: ${message}${hint.message}`, headers: hint.headers };
};

export const contextOverflow = (contextWindow: number, input: number): Problem => ({
  status: 400,
  type: 'invalid_request_error',
  code: 'context_length_exceeded',
  message: `prompt is too long: ${input} tokens > ${contextWindow} maximum. This model's maximum context length is ${contextWindow} tokens.`,
});

export const previousResponseNotFound = (id: string): Problem => ({
  status: 400,
  type: 'invalid_request_error',
  code: 'previous_response_not_found',
  message: `Previous response with id '${id}' not found.`,
  param: 'previous_response_id',
});

export const connectionLimitReached: Problem = {
  status: 400,
  type: 'invalid_request_error',
  code: 'websocket_connection_limit_reached',
  message: 'Responses websocket connection limit reached (60 minutes). Create a new websocket connection to continue.',
};

/** A stream that breaks with an error event. */
export const streamProblem: Problem = {
  status: 500,
  type: 'server_error',
  code: 'server_error',
  message: 'Simulated: the server had an error while it answered.',
};

/** A fault below HTTP: the connection is hung or broken instead of answered. */
export class ConnectionFault extends Error {
  readonly fault: FaultOf<'hang' | 'reset' | 'refuse_connections' | 'hang_connections'>;

  constructor(fault: ConnectionFault['fault']) {
    super(fault.kind);
    this.name = 'ConnectionFault';
    this.fault = fault;
  }
}

/** Throws for the faults that keep a request from being answered. */
export const throwEarlyFault = (
  faults: readonly Fault[],
  request: { readonly contextWindow: number; readonly previousResponseId: string; readonly isStreamed: boolean },
): void => {
  for (const fault of faults) {
    switch (fault.kind) {
      case 'http_error':
        throw new RequestProblem(statusProblem(fault.status, fault.retry_after, fault.retry_after_ms));
      case 'context_overflow':
        throw new RequestProblem(contextOverflow(request.contextWindow, request.contextWindow + 1));
      case 'previous_response_not_found':
        throw new RequestProblem(previousResponseNotFound(request.previousResponseId));
      case 'connection_limit':
        throw new RequestProblem(connectionLimitReached);
      case 'hang':
      case 'reset':
      case 'refuse_connections':
      case 'hang_connections':
        throw new ConnectionFault(fault);
      case 'stream_error':
        if (request.isStreamed) break;
        throw new RequestProblem(streamProblem);
      case 'upgrade_refused':
      case 'slow_headers':
      case 'truncate':
      case 'reset_stream':
      case 'stall':
      case 'malformed':
        break;
    }
  }
};
