import { join } from 'node:path';
import type { Agent } from './agent/agent.ts';
import { nop } from './agent/nop.ts';
import { oracle } from './agent/oracle.ts';
import { shellLoop } from './agent/shell-loop/shell-loop.ts';
import { UserError } from './domain/errors.ts';
import type { EndpointDescription } from './domain/run.ts';
import { suggest } from './domain/suggest.ts';
import type { Task, TestParser } from './domain/task.ts';
import type { Clock } from './domain/time.ts';
import { composeEndpoint, type EndpointParts } from './endpoint/compose.ts';
import type { ModelEndpoint } from './endpoint/endpoint.ts';
import { createRateLimiter } from './endpoint/limits/rate-limiter.ts';
import { createRetryPolicy } from './endpoint/limits/retry.ts';
import { chatCompletions } from './endpoint/protocol/chat-completions/protocol.ts';
import { messages } from './endpoint/protocol/messages/protocol.ts';
import { responses } from './endpoint/protocol/responses/protocol.ts';
import { whyUnreachable } from './endpoint/transport/reachable.ts';
import { sse } from './endpoint/transport/sse.ts';
import { websocket } from './endpoint/transport/websocket/websocket.ts';
import type { Config, ContenderConfig, EndpointConfig } from './run/config/schema.ts';
import { callEndpoint } from './run/metering/call-endpoint.ts';
import { systemClock } from './run/metering/clock.ts';
import type { Session } from './run/session.ts';
import type { Contender } from './run/trial/trial.ts';
import { dockerProvider } from './sandbox/docker/provider.ts';
import { loadAttempts } from './simulator/attempts.ts';
import { loadProfiles, type Profile } from './simulator/profile.ts';
import { startSimulator } from './simulator/server.ts';
import { makeRedact } from './store/redact.ts';
import { harborFormat } from './suite/format/harbor/format.ts';
import { sweBenchProFormat } from './suite/format/swe-bench-pro/format.ts';
import { loadSuite } from './suite/load.ts';
import { namedTestsVerifier, type ParseTests } from './verifier/named-tests.ts';
import { parseGoTest } from './verifier/parse/go-test.ts';
import { parseNodeTest } from './verifier/parse/node-test.ts';
import { parsePytest } from './verifier/parse/pytest.ts';
import { rewardFileVerifier } from './verifier/reward-file.ts';
import type { Verifier } from './verifier/verifier.ts';

type Variables = Readonly<Record<string, string | undefined>>;

const agents: readonly Agent[] = [shellLoop, oracle, nop];
const controls: readonly string[] = [oracle.name, nop.name];
const parsers: Readonly<Record<TestParser, ParseTests>> = {
  pytest: parsePytest,
  'node-test': parseNodeTest,
  'go-test': parseGoTest,
};
const protocols: Readonly<Record<EndpointConfig['protocol'], EndpointParts['protocol']>> = {
  'chat-completions': chatCompletions,
  responses,
  messages,
};
const transports: Readonly<Record<EndpointConfig['transport'], EndpointParts['transport']>> = { sse, websocket };

export const agentNames: readonly string[] = agents.map(({ name }) => name);

/** Controls need no model. */
export const needsEndpoint = (agent: string): boolean => !controls.includes(agent);

const verifierOf = ({ check }: Task): Verifier =>
  check.kind === 'reward-file' ? rewardFileVerifier(check) : namedTestsVerifier(check, parsers);

/** Whose work the simulator is asked to imitate, by profile name or file. */
const profileOf = async (wanted: string, builtIn: readonly Profile[]): Promise<Profile> => {
  const named = builtIn.find(({ name }) => name === wanted || name === `sim-${wanted}`);
  if (named !== undefined) return named;
  const loaded = /\.ya?ml$/.test(wanted) ? (await loadProfiles(wanted))[0] : undefined;
  if (loaded !== undefined) return loaded;
  const meant = suggest(
    wanted,
    builtIn.map(({ name }) => name),
  );
  throw new UserError(`there is no simulator profile \`${wanted}\``, {
    fix: `${meant === undefined ? '' : `did you mean \`${meant}\`? `}known: ${builtIn.map(({ name }) => name).join(', ')}; or give the path of a profile file`,
  });
};

type Simulation = { readonly url: string; readonly profiles: ReadonlyMap<string, Profile> };

/** One simulator for all simulated endpoints of a configuration; none where there is none. */
const simulate = async (
  config: Config,
  { fixtures, stack }: { fixtures: string; stack: AsyncDisposableStack },
): Promise<Simulation | undefined> => {
  const wanted = Object.entries(config.endpoints).flatMap(([id, { simulate: profile }]) =>
    profile === undefined ? [] : [[id, profile] as const],
  );
  if (wanted.length === 0) return undefined;
  const builtIn = await loadProfiles(join(fixtures, 'fixtures', 'profiles'));
  const profiles = new Map(
    await Promise.all(wanted.map(async ([id, profile]) => [id, await profileOf(profile, builtIn)] as const)),
  );
  const attempts = await loadAttempts(join(fixtures, 'fixtures', 'attempts'));
  const simulator = stack.use(await startSimulator({ profiles: [...new Set(profiles.values())], attempts }));
  return { url: simulator.url, profiles };
};

const describeEndpoint = (
  id: string,
  endpoint: EndpointConfig,
  simulation: Simulation | undefined,
): EndpointDescription => {
  const profile = simulation?.profiles.get(id);
  const tier = profile === undefined ? endpoint.tier : profile.tier === 'other' ? 'unknown' : profile.tier;
  return {
    id,
    model: profile?.name ?? endpoint.model ?? id,
    protocol: endpoint.protocol,
    transport: endpoint.transport,
    address: profile === undefined ? (endpoint.url ?? '') : (simulation?.url ?? ''),
    tier,
    simulated: profile !== undefined,
  };
};

/** A real endpoint at which nothing listens is told before anything is built or started. */
const requireReachable = async (
  endpoints: readonly EndpointDescription[],
  contenders: readonly ContenderConfig[],
): Promise<void> => {
  const used = endpoints.filter(
    ({ id, simulated }) => !simulated && contenders.some(({ endpoint }) => endpoint === id),
  );
  for (const { id, address } of used) {
    const reason = await whyUnreachable(address);
    if (reason !== undefined)
      throw new UserError(`endpoint \`${id}\` cannot be reached: ${reason}`, {
        where: address,
        fix: 'check the address, the network and any proxy; `curl -v` it',
        exitCode: 21,
      });
  }
};

type EndpointTools = { readonly variables: Variables; readonly clock: Clock; readonly stack: AsyncDisposableStack };

const openEndpoint = (
  description: EndpointDescription,
  contender: ContenderConfig,
  { endpoint, variables, clock, stack }: EndpointTools & { endpoint: EndpointConfig },
): ModelEndpoint =>
  stack.use(
    composeEndpoint({
      description,
      protocol: protocols[endpoint.protocol],
      transport: transports[endpoint.transport],
      settings: {
        effort: contender.effort,
        serviceTier: contender.service_tier,
        temperature: contender.temperature,
        maxOutputTokens: contender.max_output_tokens,
      },
      clock,
      key: () => (endpoint.key_env === undefined ? undefined : variables[endpoint.key_env]),
      headers: endpoint.headers,
      contextWindow: endpoint.context_window,
    }),
  );

type Wired = Session['contenders'][number];

const contendersOf = (
  config: Config,
  descriptions: ReadonlyMap<string, EndpointDescription>,
  tools: EndpointTools,
): readonly Wired[] => {
  // One limiter an endpoint, shared by all contenders and trials that use it.
  const limiters = new Map(
    Object.entries(config.endpoints).map(([id, { limits }]) => {
      const rates = {
        concurrency: limits?.concurrency,
        requestsPerMinute: limits?.requests_per_minute,
        tokensPerMinute: limits?.tokens_per_minute,
      };
      return [id, createRateLimiter(rates, tools.clock)];
    }),
  );
  return config.contenders.map((contender): Wired => {
    const agent = agents.find(({ name }) => name === contender.agent);
    if (agent === undefined) throw new UserError(`agent \`${contender.agent}\` is not known`);
    const settings = Object.fromEntries(
      Object.entries({
        effort: contender.effort,
        service_tier: contender.service_tier,
        temperature: contender.temperature,
      }).filter((entry): entry is [string, string | number] => entry[1] !== undefined),
    );
    const used = contender.endpoint;
    const endpoint = used === undefined ? undefined : config.endpoints[used];
    const description = used === undefined ? undefined : descriptions.get(used);
    const limiter = used === undefined ? undefined : limiters.get(used);
    if (
      used === undefined ||
      endpoint === undefined ||
      description === undefined ||
      limiter === undefined ||
      !needsEndpoint(agent.name)
    ) {
      return {
        description: { name: contender.name, agent: agent.name, endpoints: [], settings, simulated: false },
        contender: { name: contender.name, agent, endpoints: [] },
      };
    }
    const retry = createRetryPolicy(config.seed, { tries: config.retries.request + 1 });
    const call = callEndpoint(openEndpoint(description, contender, { ...tools, endpoint }), {
      limiter,
      retry,
      clock: tools.clock,
    });
    const wired: Contender = { name: contender.name, agent, endpoints: [used], model: description.model, call };
    return {
      description: {
        name: contender.name,
        agent: agent.name,
        endpoints: [used],
        settings,
        simulated: description.simulated,
      },
      contender: wired,
    };
  });
};

/** Everything opened for a configuration; disposing closes endpoints and simulator. `labels` name contenders for people. */
export type WiredSession = AsyncDisposable & {
  readonly session: Omit<Session, 'emit'>;
  readonly labels: ReadonlyMap<string, string>;
};

/** The composition root: turns a checked configuration into a session. Throws UserError for suites and profiles. */
export const openSession = async (
  config: Config,
  {
    version,
    fixtures,
    variables,
    signal,
  }: {
    readonly version: string;
    readonly fixtures: string;
    readonly variables: Variables;
    readonly signal: AbortSignal;
  },
): Promise<WiredSession> => {
  await using stack = new AsyncDisposableStack();
  const clock = systemClock;
  const formats = [harborFormat(variables), sweBenchProFormat];
  const suites = await Promise.all(
    config.suites.map(async (request) => ({ ...(await loadSuite(request, formats)), source: request.path })),
  );
  const simulation = await simulate(config, { fixtures, stack });
  const endpoints = Object.entries(config.endpoints).map(([id, endpoint]) =>
    describeEndpoint(id, endpoint, simulation),
  );
  await requireReachable(endpoints, config.contenders);
  const contenders = contendersOf(config, new Map(endpoints.map((endpoint) => [endpoint.id, endpoint])), {
    variables,
    clock,
    stack,
  });
  const keys = Object.values(config.endpoints).flatMap(({ key_env: name }) =>
    name !== undefined && variables[name] ? [[name, variables[name]] as const] : [],
  );
  const opened = stack.move();
  return {
    session: {
      config,
      version,
      suites,
      endpoints,
      contenders,
      provider: (runId) =>
        dockerProvider({ mirrors: config.images.mirrors, trustCa: config.images.trust_ca, runId, clock }),
      verifierOf,
      clock,
      redact: makeRedact(Object.fromEntries(keys)),
      signal,
    },
    labels: new Map(
      contenders.map(({ description }) => [
        description.name,
        description.simulated ? `${description.name} (simulated)` : description.name,
      ]),
    ),
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
};
