import { createHash } from 'node:crypto';
import type { ModelRequest } from '../../domain/model/message.ts';
import type { Place } from '../../domain/model/recorded-stream.ts';
import type { EncodedRequest, Protocol } from '../endpoint.ts';

/** Where a request stands in its conversation. */
export const placeOf = ({ messages, recordedAs }: ModelRequest): Place => {
  const firstAnswer = messages.findIndex(({ role }) => role === 'assistant');
  const opening = firstAnswer < 0 ? messages : messages.slice(0, firstAnswer);
  const text = recordedAs ?? JSON.stringify(opening.map((message) => [message.role, message.text]));
  return {
    opening: createHash('sha256').update(text).digest('hex').slice(0, 24),
    turn: messages.filter(({ role }) => role === 'assistant').length,
  };
};

type PlacedRequest = EncodedRequest & { readonly place: Place };

/** A protocol whose requests know their place, for transports that record or replay. */
export const placed = (protocol: Protocol): Protocol => ({
  ...protocol,
  encode: (request): PlacedRequest => ({ ...protocol.encode(request), place: placeOf(request) }),
});

/** The place of a request of a {@link placed} protocol; TypeError for any other. */
export const placeOfEncoded = (request: EncodedRequest): Place => {
  if ('place' in request) return (request as PlacedRequest).place;
  throw new TypeError('this request was not encoded by a placed protocol');
};
