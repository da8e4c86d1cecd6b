import type { ModelSteering } from '../../agent/agent.ts';
import type { ModelRequest } from '../../domain/model/message.ts';
import { type CallOptions, callModel } from '../../endpoint/call-model.ts';
import type { ModelEndpoint } from '../../endpoint/endpoint.ts';
import { callSteered, type SteeredCall } from '../../endpoint/steering/steered-call.ts';
import type { SteeringMode } from '../../endpoint/steering/steering.ts';
import type { CallModel } from './metered-tools.ts';

export type CallEndpointOptions = Omit<CallOptions, 'signal'> & {
  /** How an answer is stopped where the instruction changes midway. */
  readonly steering: SteeringMode;
};

const callEither = async (
  endpoint: ModelEndpoint,
  request: ModelRequest,
  { steering, mode, options }: { steering: ModelSteering | undefined; mode: SteeringMode; options: CallOptions },
): Promise<SteeredCall> => {
  if (steering === undefined) return { call: await callModel(endpoint, request, options) };
  const { afterOutputTokens, redirect } = steering;
  const redirected = ({ text }: { readonly text: string }): ModelRequest => ({ ...request, messages: redirect(text) });
  return callSteered(endpoint, request, { ...options, mode, steering: { afterOutputTokens, redirect: redirected } });
};

/** An endpoint as a trial calls it: retried and rate-limited, its turns told even when the call fails. */
export const callEndpoint =
  (endpoint: ModelEndpoint, { steering: mode, ...limits }: CallEndpointOptions): CallModel =>
  async (request, { signal, onTurn, steering }) => {
    const options = { ...limits, signal };
    const { interrupted, call } = await callEither(endpoint, request, { steering, mode, options });
    if (interrupted !== undefined) onTurn(interrupted);
    if (call.turn !== undefined) onTurn({ turn: call.turn, timeline: call.timeline });
    if (call.outcome !== 'complete') throw call.error;
    const reply = { ...call.reply, turn: call.turn };
    if (interrupted === undefined) return reply;
    const { reply: stopped, saidSoFar, turn } = interrupted;
    return { ...reply, interrupted: { text: stopped.text, reasoning: stopped.reasoning, saidSoFar, turn } };
  };
