import { UserError } from '../domain/errors.ts';
import type { ModelSettings } from '../domain/model/message.ts';
import type { EndpointDescription } from '../domain/run.ts';
import type { Clock } from '../domain/time.ts';
import { composeEndpoint, type EndpointParts } from '../endpoint/compose.ts';
import type { ModelEndpoint } from '../endpoint/endpoint.ts';
import { createRateLimiter, type RateLimiter } from '../endpoint/limits/rate-limiter.ts';
import { chatCompletions } from '../endpoint/protocol/chat-completions/protocol.ts';
import { messages } from '../endpoint/protocol/messages/protocol.ts';
import { responses } from '../endpoint/protocol/responses/protocol.ts';
import { whyUnreachable } from '../endpoint/transport/reachable.ts';
import { sse } from '../endpoint/transport/sse.ts';
import { websocket } from '../endpoint/transport/websocket/websocket.ts';
import type { Config, EndpointConfig } from '../run/config/schema.ts';
import { type Simulation, simulate } from './simulation.ts';

/** The environment's variables, where keys are. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** By the names that a configuration gives them. */
export const protocols: Readonly<Record<EndpointConfig['protocol'], EndpointParts['protocol']>> = {
  'chat-completions': chatCompletions,
  responses,
  messages,
};
export const transports: Readonly<Record<EndpointConfig['transport'], EndpointParts['transport']>> = { sse, websocket };

/** The endpoints of a configuration, ready to be opened as often as needed; disposing closes all of them. */
export type Endpoints = AsyncDisposable & {
  readonly descriptions: readonly EndpointDescription[];
  /** An endpoint with some settings, over its configured transport or another. Throws UserError for an unknown id. */
  open(id: string, settings: ModelSettings, transport?: EndpointConfig['transport']): ModelEndpoint;
  /** Shared by everybody who calls this endpoint. */
  limiterOf(id: string): RateLimiter;
};

const describe = (id: string, endpoint: EndpointConfig, simulation: Simulation | undefined): EndpointDescription => {
  const profile = simulation?.profiles.get(id);
  const tier = profile === undefined ? endpoint.tier : profile.tier === 'other' ? 'unknown' : profile.tier;
  return {
    id,
    model: profile?.name ?? endpoint.model ?? id,
    protocol: endpoint.protocol,
    transport: endpoint.transport,
    // The path names the profile too: before the first message of a WebSocket nothing else could.
    address:
      profile === undefined ? (endpoint.url ?? '') : (simulation?.url.replace(/\/v1$/, `/p/${profile.name}/v1`) ?? ''),
    tier,
    simulated: profile !== undefined,
  };
};

/** A real endpoint at which nothing listens is told before anything is built or started. Throws UserError. */
export const requireReachable = async (used: readonly EndpointDescription[]): Promise<void> => {
  for (const { id, address, simulated } of used) {
    const reason = simulated ? undefined : await whyUnreachable(address);
    if (reason !== undefined)
      throw new UserError(`endpoint \`${id}\` cannot be reached: ${reason}`, {
        where: address,
        fix: 'check the address, the network and any proxy; `curl -v` it',
        exitCode: 21,
      });
  }
};

/** The values of the keys that a configuration names, by the name of their variable: what must never be written. */
export const keysOf = (endpoints: Config['endpoints'], variables: Variables): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.values(endpoints).flatMap(({ key_env: name }) =>
      name !== undefined && variables[name] ? [[name, variables[name]] as const] : [],
    ),
  );

const limiters = (endpoints: Config['endpoints'], clock: Clock): ((id: string) => RateLimiter) => {
  const made = new Map<string, RateLimiter>();
  return (id) => {
    const limits = endpoints[id]?.limits;
    const rates = {
      concurrency: limits?.concurrency,
      requestsPerMinute: limits?.requests_per_minute,
      tokensPerMinute: limits?.tokens_per_minute,
    };
    const limiter = made.get(id) ?? createRateLimiter(rates, clock);
    made.set(id, limiter);
    return limiter;
  };
};

/** Makes the endpoints of a configuration callable; starts the simulator where one is asked for. */
export const prepareEndpoints = async (
  endpoints: Config['endpoints'],
  { fixtures, variables, clock }: { readonly fixtures: string; readonly variables: Variables; readonly clock: Clock },
): Promise<Endpoints> => {
  await using stack = new AsyncDisposableStack();
  const simulation = await simulate(endpoints, { fixtures, stack });
  const descriptions = Object.entries(endpoints).map(([id, endpoint]) => describe(id, endpoint, simulation));
  const opened = stack.move();
  return {
    descriptions,
    open: (id, settings, transport) => {
      const endpoint = endpoints[id];
      const description = descriptions.find((candidate) => candidate.id === id);
      if (endpoint === undefined || description === undefined) throw new UserError(`endpoint \`${id}\` is not known`);
      const parts = {
        description: { ...description, transport: transport ?? endpoint.transport },
        protocol: protocols[endpoint.protocol],
        transport: transports[transport ?? endpoint.transport],
        settings,
        clock,
        key: () => (endpoint.key_env === undefined ? undefined : variables[endpoint.key_env]),
        headers: endpoint.headers,
        contextWindow: endpoint.context_window,
      };
      return opened.use(composeEndpoint(parts));
    },
    limiterOf: limiters(endpoints, clock),
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
};
