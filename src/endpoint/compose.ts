import { EndpointError } from '../domain/model/endpoint-error.ts';
import type { ModelRequest, ModelSettings } from '../domain/model/message.ts';
import type { StreamEvent } from '../domain/model/stream.ts';
import type { EndpointDescription } from '../domain/run.ts';
import type { Clock } from '../domain/time.ts';
import type { Frame, ModelEndpoint, Protocol, Transport } from './endpoint.ts';
import { leastInputTokens } from './estimate-tokens.ts';
import type { ProtocolOptions } from './protocol/protocol-options.ts';
import { readEvents } from './read-events.ts';
import type { TransportOptions } from './transport/transport-options.ts';
import type { Timeouts } from './transport/watchdog.ts';

export type EndpointParts = {
  readonly description: EndpointDescription;
  readonly protocol: (options: ProtocolOptions) => Protocol;
  readonly transport: (options: TransportOptions) => Transport;
  readonly settings: ModelSettings;
  readonly clock: Clock;
  /** Asked at each call; the key goes into a header and nowhere else. */
  readonly key: () => string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly extraBody?: Readonly<Record<string, unknown>> | undefined;
  readonly showsAllThinking?: boolean | undefined;
  readonly timeouts?: Timeouts | undefined;
  /** Tokens of input and output together; a request that surely exceeds it is refused before it is sent. */
  readonly contextWindow?: number | undefined;
};

/** Protocol × transport = an endpoint. Its errors name the endpoint and its address, never the key. */
export const composeEndpoint = (parts: EndpointParts): ModelEndpoint => {
  const { description, key } = parts;
  const protocol = parts.protocol({ ...parts, model: description.model });
  const authorization = (): Readonly<Record<string, string>> => {
    const current = key();
    return current === undefined ? {} : protocol.authorization(current);
  };
  const transport = parts.transport({
    address: description.address,
    clock: parts.clock,
    timeouts: parts.timeouts,
    conversation: protocol.conversation,
    headers: () => ({ ...parts.headers, ...authorization() }),
  });
  const { steer } = transport;
  const read = (request: ModelRequest, send: () => AsyncIterable<readonly Frame[]>): AsyncIterable<StreamEvent> =>
    readEvents({
      send: () => {
        refuseOverflow(request, parts);
        return send();
      },
      decode: protocol.decoder(),
      name: (error) => (error instanceof EndpointError ? nameError(error, description, key()) : error),
    });
  return {
    description,
    stream: (request, options) => read(request, () => transport.send(protocol.encode(request), options)),
    warmUp: (request, { signal }) => transport.warmUp(protocol.encode(request), { signal }),
    steer: steer && ((request, options) => read(request, () => steer(protocol.encode(request), options))),
    [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose](),
  };
};

const refuseOverflow = (request: ModelRequest, { contextWindow, settings }: EndpointParts): void => {
  if (contextWindow === undefined) return;
  const input = leastInputTokens(request);
  const output = request.maxOutputTokens ?? settings.maxOutputTokens ?? 0;
  if (input + output <= contextWindow) return;
  throw new EndpointError(
    'context-overflow',
    `not sent: at least ${input} input and ${output} output tokens do not fit its context window of ${contextWindow}`,
    { phase: 'admission' },
  );
};

/** Says who failed and where; a key that a provider echoed is struck out. */
const nameError = (error: EndpointError, description: EndpointDescription, key: string | undefined): EndpointError => {
  const message = `endpoint ${description.id} at ${description.address}: ${error.message}`;
  return new EndpointError(error.fault, withoutKey(message, key), {
    phase: error.endpointPhase,
    status: error.status,
    retryAfterMs: error.retryAfterMs,
    isRetryable: error.isRetryable,
    cause: error.cause,
  });
};

const withoutKey = (text: string, key: string | undefined): string =>
  key === undefined || key === '' ? text : text.replaceAll(key, '[key]');
