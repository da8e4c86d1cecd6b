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
import { streamChooser } from '../endpoint/recording/choose.ts';
import { placed } from '../endpoint/recording/place.ts';
import { createRecorder, type Recorder, recording } from '../endpoint/recording/record.ts';
import { replaying } from '../endpoint/recording/replay.ts';
import { whyUnreachable } from '../endpoint/transport/reachable.ts';
import { sse } from '../endpoint/transport/sse.ts';
import { defaultTimeouts, type Timeouts } from '../endpoint/transport/watchdog.ts';
import { websocket } from '../endpoint/transport/websocket/websocket.ts';
import type { Config, EndpointConfig } from '../run/config/schema.ts';
import { loadReplays, type Replay } from './replay.ts';
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
  open(id: string, settings: ModelSettings, transport?: string): ModelEndpoint;
  /** The transports over which an endpoint can be opened: all that its protocol has, or those that were recorded. */
  transportsOf(id: string): readonly string[];
  /** Shared by everybody who calls this endpoint. */
  limiterOf(id: string): RateLimiter;
  /** What was recorded, where recording was asked for. */
  readonly recorder: Recorder | undefined;
};

export type PrepareOptions = {
  readonly fixtures: string;
  readonly variables: Variables;
  readonly clock: Clock;
  /** Keeps every stream. */
  readonly record?: boolean | undefined;
};

/** What endpoints are made of that is not in their configuration. */
type Sources = {
  readonly simulation: Simulation | undefined;
  readonly replays: ReadonlyMap<string, Replay>;
  readonly recorder: Recorder | undefined;
};

const describe = (id: string, endpoint: EndpointConfig, { simulation, replays }: Sources): EndpointDescription => {
  const { protocol, transport, tier, url = '' } = endpoint;
  const priced = endpoint.prices === undefined ? {} : { prices: endpoint.prices };
  const replay = replays.get(id);
  if (replay !== undefined) {
    const { model, simulated, protocol: spoken, transports: recorded } = replay.about;
    const carried = recorded.includes(transport) ? transport : (recorded[0] ?? transport);
    const address = `recording:${endpoint.replay}`;
    return { id, model, protocol: spoken, transport: carried, address, tier, simulated, replayed: true, ...priced };
  }
  const profile = simulation?.profiles.get(id);
  if (profile === undefined || simulation === undefined)
    return { id, model: endpoint.model ?? id, protocol, transport, address: url, tier, simulated: false, ...priced };
  // The path names the profile too: before the first message of a WebSocket nothing else could.
  const address = simulation.url.replace(/\/v1$/, `/p/${profile.name}/v1`);
  const simulatedTier = profile.tier === 'other' ? 'unknown' : profile.tier;
  return { id, model: profile.name, protocol, transport, address, tier: simulatedTier, simulated: true, ...priced };
};

type Ways = Pick<EndpointParts, 'protocol' | 'transport'>;

/** How an endpoint is spoken to: over a socket, kept or not, or from a recording. */
const waysOf = (description: EndpointDescription, { replays, recorder }: Sources): Ways => {
  const protocol = protocols[description.protocol as EndpointConfig['protocol']];
  const transport = transports[description.transport as EndpointConfig['transport']];
  const inPlace: Ways['protocol'] = (options) => placed(protocol(options));
  const replay = replays.get(description.id);
  if (replay !== undefined) {
    const choose = streamChooser(replay.streams.filter((stream) => stream.transport === description.transport));
    return { protocol: inPlace, transport: ({ clock }) => replaying({ choose, clock, speed: replay.speed }) };
  }
  if (recorder === undefined) return { protocol, transport };
  return {
    protocol: inPlace,
    transport: (options) => recording(transport(options), { recorder, endpoint: description }),
  };
};

/** A real endpoint at which nothing listens is told before anything is built or started. Throws UserError. */
export const requireReachable = async (used: readonly EndpointDescription[]): Promise<void> => {
  for (const { id, address, simulated, replayed } of used) {
    const reason = simulated || replayed ? undefined : await whyUnreachable(address);
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

const timeoutsOf = ({ timeouts = {} }: EndpointConfig): Timeouts => ({
  connectMs: timeouts.connect ?? defaultTimeouts.connectMs,
  idleMs: timeouts.idle ?? defaultTimeouts.idleMs,
  totalMs: timeouts.total,
});

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

/** Makes the endpoints of a configuration callable; starts the simulator and loads recordings where they are asked for. */
export const prepareEndpoints = async (
  endpoints: Config['endpoints'],
  { fixtures, variables, clock, record = false }: PrepareOptions,
): Promise<Endpoints> => {
  await using stack = new AsyncDisposableStack();
  const simulation = await simulate(endpoints, { fixtures, stack });
  const recorder = record ? createRecorder() : undefined;
  const sources: Sources = { simulation, replays: await loadReplays(endpoints), recorder };
  const descriptions = Object.entries(endpoints).map(([id, endpoint]) => describe(id, endpoint, sources));
  const opened = stack.move();
  return {
    descriptions,
    open: (id, settings, transport) => {
      const endpoint = endpoints[id];
      const configured = descriptions.find((candidate) => candidate.id === id);
      if (endpoint === undefined || configured === undefined) throw new UserError(`endpoint \`${id}\` is not known`);
      const description = { ...configured, transport: transport ?? configured.transport };
      const parts = {
        description,
        ...waysOf(description, sources),
        settings,
        clock,
        key: () => (endpoint.key_env === undefined ? undefined : variables[endpoint.key_env]),
        headers: endpoint.headers,
        timeouts: timeoutsOf(endpoint),
        contextWindow: endpoint.context_window,
        // The simulator sends every thought it counts.
        showsAllThinking: description.simulated,
      };
      return opened.use(composeEndpoint(parts));
    },
    transportsOf: (id) =>
      sources.replays.get(id)?.about.transports ??
      (endpoints[id]?.protocol === 'responses' ? ['sse', 'websocket'] : ['sse']),
    limiterOf: limiters(endpoints, clock),
    recorder,
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
};
