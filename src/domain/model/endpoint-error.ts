import { InfraError } from '../errors.ts';

/** How far a model call had come when it failed. */
export type EndpointPhase = 'admission' | 'connect' | 'headers' | 'mid-stream' | 'terminal';

/** What kind of failure it was, independent of the provider's words. */
export type EndpointFault =
  | 'refused'
  | 'timeout'
  | 'authentication'
  | 'not-found'
  | 'invalid-request'
  | 'context-overflow'
  | 'rate-limited'
  | 'overloaded'
  | 'server-error'
  | 'stream-error'
  | 'truncated'
  | 'malformed'
  | 'connection-lost';

const retryable: ReadonlySet<EndpointFault> = new Set([
  'refused',
  'timeout',
  'rate-limited',
  'overloaded',
  'server-error',
  'stream-error',
  'truncated',
  'malformed',
  'connection-lost',
]);

/** A conversation that outgrew the model: the contender's own limit, not a fault of the endpoint. */
export const isContextOverflow = (error: unknown): boolean =>
  error instanceof EndpointError && error.fault === 'context-overflow';

/** A model call that failed. Whether it may be retried is a property of the fault, not of each caller. */
export class EndpointError extends InfraError {
  readonly endpointPhase: EndpointPhase;
  readonly fault: EndpointFault;
  /** HTTP status or the one in the error frame. */
  readonly status: number | undefined;
  /** What the provider asked us to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** Whether another try may come out differently. */
  readonly isRetryable: boolean;

  constructor(
    fault: EndpointFault,
    message: string,
    details: {
      phase: EndpointPhase;
      status?: number | undefined;
      retryAfterMs?: number | undefined;
      /** Where the provider says it, its word counts for more than the kind of fault. */
      isRetryable?: boolean | undefined;
      cause?: unknown;
    },
  ) {
    super('endpoint', `endpoint-${fault}`, message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'EndpointError';
    this.endpointPhase = details.phase;
    this.fault = fault;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.isRetryable = details.isRetryable ?? retryable.has(fault);
  }
}
