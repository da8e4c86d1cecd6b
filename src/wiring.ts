import { join } from 'node:path';
import type { Agent } from './agent/agent.ts';
import { cascade } from './agent/hybrid/cascade.ts';
import { planThenExecute } from './agent/hybrid/plan-then-execute.ts';
import { nop } from './agent/nop.ts';
import { oracle } from './agent/oracle.ts';
import { shellLoop } from './agent/shell-loop/shell-loop.ts';
import { UserError } from './domain/errors.ts';
import type { ModelSettings } from './domain/message.ts';
import type { EndpointDescription } from './domain/run.ts';
import { suggest } from './domain/suggest.ts';
import type { Task, TestParser } from './domain/task.ts';
import type { Clock } from './domain/time.ts';
import { composeEndpoint, type EndpointParts } from './endpoint/compose.ts';
import { createRateLimiter, type RateLimiter } from './endpoint/limits/rate-limiter.ts';
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
import type { CallModel } from './run/metering/metered-tools.ts';
import type { Session } from './run/session.ts';
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

const agents: Readonly<Record<string, (contender: ContenderConfig) => Agent>> = {
  shell: () => shellLoop,
  cascade: ({ first_steps: firstSteps, check }) => cascade({ firstSteps, check }),
  'plan-then-execute': () => planThenExecute,
  oracle: () => oracle,
  nop: () => nop,
};
const controls: readonly string[] = ['oracle', 'nop'];
const hybrids: readonly string[] = ['cascade', 'plan-then-execute'];
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

export const agentNames: readonly string[] = Object.keys(agents);

/** Controls need no model. */
export const needsEndpoint = (agent: string): boolean => !controls.includes(agent);

/** Hybrids work with two. */
export const needsPartner = (agent: string): boolean => hybrids.includes(agent);

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
    ({ id, simulated }) => !simulated && contenders.some(({ endpoint, partner }) => endpoint === id || partner === id),
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

type EndpointTools = {
  readonly config: Config;
  readonly descriptions: ReadonlyMap<string, EndpointDescription>;
  readonly variables: Variables;
  readonly clock: Clock;
  readonly stack: AsyncDisposableStack;
};

/** Opens an endpoint with a contender's settings and makes it callable; all contenders share one limiter an endpoint. */
const callMaker = ({ config, descriptions, variables, clock, stack }: EndpointTools) => {
  const limiters = new Map<string, RateLimiter>();
  const limiterOf = (id: string, limits: EndpointConfig['limits']): RateLimiter => {
    const rates = {
      concurrency: limits?.concurrency,
      requestsPerMinute: limits?.requests_per_minute,
      tokensPerMinute: limits?.tokens_per_minute,
    };
    const limiter = limiters.get(id) ?? createRateLimiter(rates, clock);
    limiters.set(id, limiter);
    return limiter;
  };
  return (id: string, settings: ModelSettings): CallModel => {
    const endpoint = config.endpoints[id];
    const description = descriptions.get(id);
    if (endpoint === undefined || description === undefined) throw new UserError(`endpoint \`${id}\` is not known`);
    const opened = stack.use(
      composeEndpoint({
        description,
        protocol: protocols[endpoint.protocol],
        transport: transports[endpoint.transport],
        settings,
        clock,
        key: () => (endpoint.key_env === undefined ? undefined : variables[endpoint.key_env]),
        headers: endpoint.headers,
        contextWindow: endpoint.context_window,
      }),
    );
    const retry = createRetryPolicy(config.seed, { tries: config.retries.request + 1 });
    return callEndpoint(opened, { limiter: limiterOf(id, endpoint.limits), retry, clock });
  };
};

type Wired = Session['contenders'][number];

const settingsOf = (contender: ContenderConfig, effort: string | undefined): ModelSettings => ({
  effort,
  serviceTier: contender.service_tier,
  temperature: contender.temperature,
  maxOutputTokens: contender.max_output_tokens,
});

/** The settings that tell a contender from another, for reports. */
const shownSettings = ({ effort, partner_effort, service_tier, temperature, max_output_tokens }: ContenderConfig) =>
  Object.fromEntries(
    Object.entries({ effort, partner_effort, service_tier, temperature, max_output_tokens }).filter(
      (entry): entry is [string, string | number] => entry[1] !== undefined,
    ),
  );

const contendersOf = (tools: EndpointTools): readonly Wired[] => {
  const makeCall = callMaker(tools);
  return tools.config.contenders.map((contender): Wired => {
    const agent = agents[contender.agent]?.(contender);
    if (agent === undefined) throw new UserError(`agent \`${contender.agent}\` is not known`);
    const first = needsEndpoint(agent.name) ? contender.endpoint : undefined;
    const partner = needsPartner(agent.name) ? contender.partner : undefined;
    const endpoints = [first, partner].filter((id) => id !== undefined);
    const used = endpoints.flatMap((id) => tools.descriptions.get(id) ?? []);
    const simulated = used.some((description) => description.simulated);
    const { name } = contender;
    return {
      description: { name, agent: agent.name, endpoints, settings: shownSettings(contender), simulated },
      contender: {
        name,
        agent,
        endpoints,
        model: used.map(({ model }) => model).join(' + ') || undefined,
        call: first === undefined ? undefined : makeCall(first, settingsOf(contender, contender.effort)),
        partnerCall:
          partner === undefined ? undefined : makeCall(partner, settingsOf(contender, contender.partner_effort)),
      },
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
  const contenders = contendersOf({
    config,
    descriptions: new Map(endpoints.map((endpoint) => [endpoint.id, endpoint])),
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
