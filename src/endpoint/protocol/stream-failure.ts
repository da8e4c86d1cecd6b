import { EndpointError } from '../../domain/model/endpoint-error.ts';
import { classifyFault } from '../fault/classify.ts';
import { quote, readProviderWords } from '../fault/provider-words.ts';
import { retryAfterMs } from '../fault/retry-after.ts';
import { asRecord, asText } from './json.ts';

/** An error that the provider wrote into a stream it had begun. Header-like hints may be inside (`error.headers`). */
export const streamFailure = (payload: unknown): EndpointError => {
  const words = readProviderWords(payload);
  const name = words.code ?? words.type;
  const said = [name, words.message].filter((part) => part !== undefined && part !== '').join(': ');
  const fault = classifyFault(words) ?? 'stream-error';
  return new EndpointError(fault, `sent an error in its stream: ${said}`, {
    phase: 'mid-stream',
    status: words.status,
    // A lost connection needs no patience, only another one.
    retryAfterMs: fault === 'connection-lost' ? 0 : retryAfterMs(innerHeaders(payload), words.message, undefined),
  });
};

const innerHeaders = (payload: unknown): Readonly<Record<string, string>> => {
  const headers = asRecord(asRecord(asRecord(payload)?.error)?.headers) ?? {};
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const text = asText(value) ?? (typeof value === 'number' ? String(value) : undefined);
      return text === undefined ? [] : [[name.toLowerCase(), text]];
    }),
  );
};

/** The connection was closed in good order, but the answer never said that it was complete. */
export const truncatedFailure = (expected: string): EndpointError =>
  new EndpointError('truncated', `closed its stream before ${expected}`, { phase: 'terminal' });

/** A frame that is not what the protocol says. */
export const malformedFailure = (data: string): EndpointError =>
  new EndpointError('malformed', `sent a frame that is no JSON object: ${quote(data).slice(0, 80)}`, {
    phase: 'mid-stream',
  });
