import { InfraError, type Phase } from '../../../domain/errors.ts';

const lostConnection = /^(ECONNREFUSED|ECONNRESET|ENOENT|EACCES|EPIPE|ENOTFOUND|EHOSTUNREACH|ETIMEDOUT|EAI_AGAIN)$/;

/** The status of the engine's reply; undefined when there was none. */
export const statusOf = (error: unknown): number | undefined =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined;

/** True when the engine says that there is no such thing. */
export const isMissing = (error: unknown): boolean => statusOf(error) === 404;

/** What the engine said, without the client's decoration. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/^\(HTTP code \d+\) [^-]*- /, '').trim();

const codeOf = (error: unknown, phase: Phase): string => {
  const connection = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (lostConnection.test(connection)) return 'engine-unreachable';
  const status = statusOf(error);
  // "No such container", "is not running", "is marked for removal": it was there when we began.
  const gone = status === 404 || status === 409 || /marked for removal/.test(reasonOf(error));
  if (phase === 'sandbox' && gone) return 'container-gone';
  return status === undefined ? 'engine-failed' : `engine-http-${status}`;
};

/** Turns whatever an engine call threw into an InfraError; one of ours, and an abort, pass as they are. */
export const engineFailure = (error: unknown, what: string, phase: Phase = 'sandbox'): unknown => {
  if (error instanceof InfraError || (error instanceof Error && error.name === 'AbortError')) return error;
  return new InfraError(phase, codeOf(error, phase), `${what}: ${reasonOf(error)}`, { cause: error });
};
