import { UserError } from '../domain/errors.ts';
import { EndpointError } from '../domain/model/endpoint-error.ts';
import type { ModelSettings } from '../domain/model/message.ts';
import type { Clock } from '../domain/time.ts';
import { callModel, type ModelCall } from '../endpoint/call-model.ts';
import type { ModelEndpoint } from '../endpoint/endpoint.ts';
import type { RateLimiter } from '../endpoint/limits/rate-limiter.ts';
import { createRetryPolicy } from '../endpoint/limits/retry.ts';
import { callSteered } from '../endpoint/steering/steered-call.ts';
import type { Arm, ArmClient, CallResult, Failure } from '../probe/probe.ts';
import type { Endpoints } from './endpoints.ts';

/** Which endpoint over which transport. */
export type ArmChoice = { readonly endpoint: string; readonly transport: string };

/**
 * Every endpoint over every transport that it can be opened over; `wanted` names some of them, or is `configured`. Throws
 * UserError where nothing is left.
 */
export const chooseArms = (endpoints: Endpoints, wanted: string | undefined): readonly ArmChoice[] => {
  const names = wanted?.split(',');
  const unknown = names?.find((name) => !['sse', 'websocket', 'configured'].includes(name));
  if (unknown !== undefined)
    throw new UserError(`--transports: \`${unknown}\` is not known`, { fix: 'known: sse, websocket, configured' });
  const choices = endpoints.descriptions.flatMap(({ id, transport: configured }) =>
    endpoints
      .transportsOf(id)
      .filter((name) => names === undefined || names.includes(name) || (wanted === 'configured' && name === configured))
      .map((transport) => ({ endpoint: id, transport })),
  );
  if (choices.length > 0) return choices;
  throw new UserError('there is nothing to probe', {
    fix: 'declare an endpoint, or choose a transport that its protocol has (websocket: responses only)',
  });
};

const failureOf = (error: unknown): Failure => ({
  fault: error instanceof EndpointError ? error.fault : 'unexpected',
  message: error instanceof Error ? error.message : String(error),
});

type CallTools = { readonly limiter: RateLimiter; readonly clock: Clock; readonly signal: AbortSignal };

const resultOf = ({ turn, reply, ...call }: ModelCall): CallResult => ({
  turn,
  text: reply.text,
  reasoning: reply.reasoning,
  failure: call.outcome === 'complete' ? undefined : failureOf(call.error),
});

/** An open endpoint as a probe calls it: rate-limited as configured, never retried. */
const clientOf = (arm: Arm, endpoint: ModelEndpoint, tools: CallTools): ArmClient => {
  const options = { ...tools, retry: createRetryPolicy(0, { tries: 1 }) };
  return {
    ...arm,
    ways: endpoint.steer === undefined ? ['abort'] : ['abort', 'event'],
    warmUp: (request) => endpoint.warmUp(request, { signal: tools.signal }),
    call: async (request) => resultOf(await callModel(endpoint, request, options)),
    steer: async (request, { way, afterOutputTokens, redirect }) => {
      const steering = { afterOutputTokens, redirect: ({ text }: { readonly text: string }) => redirect(text) };
      const { interrupted, call } = await callSteered(endpoint, request, { ...options, mode: way, steering });
      return { ...resultOf(call), interrupted: interrupted?.turn };
    },
  };
};

/** Opens endpoints for a probe; they are closed with `endpoints`. An arm is named by its transport where its endpoint has two. */
export const openArms = (
  choices: readonly ArmChoice[],
  {
    endpoints,
    settings,
    clock,
    signal,
  }: {
    readonly endpoints: Endpoints;
    readonly settings: ModelSettings;
    readonly clock: Clock;
    readonly signal: AbortSignal;
  },
): readonly ArmClient[] =>
  choices.map(({ endpoint: id, transport }) => {
    const isOnly = choices.filter(({ endpoint }) => endpoint === id).length === 1;
    const endpoint = endpoints.open(id, settings, transport);
    const arm = { id: isOnly ? id : `${id}/${transport}`, endpoint: endpoint.description };
    return clientOf(arm, endpoint, { limiter: endpoints.limiterOf(id), clock, signal });
  });
