import type { Agent } from './agent/agent.ts';
import { cascade } from './agent/hybrid/cascade.ts';
import { planThenExecute } from './agent/hybrid/plan-then-execute.ts';
import { nop } from './agent/nop.ts';
import { oracle } from './agent/oracle.ts';
import { shellLoop } from './agent/shell-loop/shell-loop.ts';
import { UserError } from './domain/errors.ts';
import type { ModelSettings } from './domain/model/message.ts';
import { labelOf } from './domain/run.ts';
import type { Task, TestParser } from './domain/task.ts';
import type { Clock } from './domain/time.ts';
import { createRetryPolicy } from './endpoint/limits/retry.ts';
import type { Config, ContenderConfig } from './run/config/schema.ts';
import { callEndpoint } from './run/metering/call-endpoint.ts';
import { systemClock } from './run/metering/clock.ts';
import type { CallModel } from './run/metering/metered-tools.ts';
import { takePrecedence } from './run/metering/precedence.ts';
import type { Session } from './run/session.ts';
import { createTokenCounter } from './run/tokens/count-tokens.ts';
import { dockerProvider } from './sandbox/docker/provider.ts';
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
import { type Endpoints, keysOf, prepareEndpoints, requireReachable, type Variables } from './wiring/endpoints.ts';

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

export const agentNames: readonly string[] = Object.keys(agents);

/** Controls need no model. */
export const needsEndpoint = (agent: string): boolean => !controls.includes(agent);

/** Hybrids work with two. */
export const needsPartner = (agent: string): boolean => hybrids.includes(agent);

const verifierOf = ({ check }: Task): Verifier =>
  check.kind === 'reward-file' ? rewardFileVerifier(check) : namedTestsVerifier(check, parsers);

type EndpointTools = { readonly config: Config; readonly endpoints: Endpoints; readonly clock: Clock };

/** Opens an endpoint with a contender's settings and makes it callable; all contenders share one limiter an endpoint. */
const callMaker =
  ({ config, endpoints, clock }: EndpointTools) =>
  (id: string, settings: ModelSettings): CallModel =>
    callEndpoint(endpoints.open(id, settings), {
      limiter: endpoints.limiterOf(id),
      retry: createRetryPolicy(config.seed, { tries: config.retries.request + 1 }),
      clock,
      steering: config.endpoints[id]?.steering ?? 'abort',
      maxOutputTokens: settings.maxOutputTokens,
    });

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
    const used = endpoints.flatMap((wanted) => tools.endpoints.descriptions.filter(({ id }) => id === wanted));
    const origin = {
      simulated: used.some(({ simulated }) => simulated),
      ...(used.some(({ replayed }) => replayed) ? { replayed: true } : {}),
    };
    const { name } = contender;
    return {
      description: { name, agent: agent.name, endpoints, settings: shownSettings(contender), ...origin },
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

/** The suites of a configuration, filtered as it says. Throws UserError for those that cannot be loaded. */
export const loadSuites = ({ suites }: Pick<Config, 'suites'>, variables: Variables): Promise<Session['suites']> => {
  const formats = [harborFormat(variables), sweBenchProFormat];
  return Promise.all(suites.map(async (request) => ({ ...(await loadSuite(request, formats)), source: request.path })));
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
  const suites = await loadSuites(config, variables);
  const { scheduling } = stack.use(await takePrecedence(variables));
  const { record } = config;
  const endpoints = stack.use(await prepareEndpoints(config.endpoints, { fixtures, variables, clock, record }));
  const used = new Set(config.contenders.flatMap(({ endpoint, partner }) => [endpoint, partner]));
  await requireReachable(endpoints.descriptions.filter(({ id }) => used.has(id)));
  const contenders = contendersOf({ config, endpoints, clock });
  const { count: countTokens } = stack.use(createTokenCounter());
  const opened = stack.move();
  return {
    session: {
      config,
      version,
      scheduling,
      suites,
      endpoints: endpoints.descriptions,
      contenders,
      provider: (runId) =>
        dockerProvider({ mirrors: config.images.mirrors, trustCa: config.images.trust_ca, runId, clock }),
      verifierOf,
      clock,
      takeStreams: endpoints.recorder?.take,
      countTokens,
      redact: makeRedact(keysOf(config.endpoints, variables)),
      signal,
    },
    labels: new Map(contenders.map(({ description }) => [description.name, labelOf(description.name, description)])),
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
};
