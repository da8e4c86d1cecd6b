import type { ModelRequest } from '../../domain/model/message.ts';
import type { Interruption, TimelineEntry, Turn } from '../../domain/model/turn.ts';
import { type CallOptions, callModel, type ModelCall } from '../call-model.ts';
import type { CollectedReply } from '../collect-reply.ts';
import type { ModelEndpoint } from '../endpoint.ts';
import type { Answer } from '../turn-builder.ts';
import { interruptionOf } from './interruption.ts';
import type { Steering, SteeringMode } from './steering.ts';
import { type Successor, steerAnswer } from './successor.ts';
import { type Decision, watchAnswer } from './watch.ts';

/** The answer that was stopped, as far as it came. */
export type InterruptedAnswer = {
  readonly reply: Answer;
  /** Its text as the new request has it: a server that was told may have said more since. */
  readonly saidSoFar: string;
  readonly turn: Turn;
  readonly timeline: readonly TimelineEntry[];
};

/** A call in whose midst the instruction was to change; `interrupted` is undefined where the answer was over before. */
export type SteeredCall = { readonly interrupted?: InterruptedAnswer | undefined; readonly call: ModelCall };

export type SteeredCallOptions = CallOptions & { readonly steering: Steering; readonly mode: SteeringMode };

/** An answer that was under way when the instruction changed, how it ended, and what the server was told. */
type Old = {
  readonly collected: CollectedReply;
  readonly decision: Decision;
  readonly successor?: Successor | undefined;
};

/** Makes the call and stops it at the decision, or tells the server; there is no further try once it is made. */
const callUntilSteered = async (
  endpoint: ModelEndpoint,
  request: ModelRequest,
  { steering, mode, ...options }: SteeredCallOptions,
): Promise<ModelCall | Old> => {
  const stop = new AbortController();
  const { retry, signal, clock } = options;
  let decision: Decision | undefined;
  let successor: Successor | undefined;
  const watched = watchAnswer(endpoint, {
    afterOutputTokens: steering.afterOutputTokens,
    clock,
    onDecision: (made) => {
      decision = made;
      successor = mode === 'event' ? steerAnswer(endpoint, steering.redirect(made.partial), signal) : undefined;
      if (successor === undefined) stop.abort(new Error('the instruction changed'));
    },
  });
  const policy = {
    ...retry,
    get tries() {
      return decision === undefined ? retry.tries : 0;
    },
  };
  const either = AbortSignal.any([signal, stop.signal]);
  const call = await callModel(watched, request, { ...options, retry: policy, signal: either });
  return decision === undefined || signal.aborted ? call : { collected: call, decision, successor };
};

const stopOf = (endpoint: ModelEndpoint): Interruption['how'] =>
  endpoint.description.transport === 'websocket' ? 'websocket-close' : 'sse-abort';

/**
 * A model call whose instruction changes midway: the answer under way is stopped, by the server's own event where `mode`
 * says so and there is one, else by leaving it, and the new request is made. Where the event comes to nothing, the new
 * request is made after all. Never rejects.
 */
export const callSteered = async (
  endpoint: ModelEndpoint,
  request: ModelRequest,
  options: SteeredCallOptions,
): Promise<SteeredCall> => {
  const old = await callUntilSteered(endpoint, request, options);
  const stopped = options.clock.now();
  if ('outcome' in old) return { call: old };
  const { collected, decision, successor } = old;
  const followed = await successor?.afterOld();
  const call: ModelCall =
    followed?.outcome === 'complete'
      ? { ...followed, failedTries: [], waits: [], admissionWaitMs: 0 }
      : await callModel(endpoint, options.steering.redirect(collected.reply), options);
  if (collected.turn === undefined) return { call };
  const interruption = interruptionOf(collected.turn, collected.timeline, {
    how: followed?.outcome === 'complete' ? 'steer-event' : stopOf(endpoint),
    decided: decision.decided,
    stopped,
    redirected: call.turn?.stamps.firstContent,
    refused: followed === undefined || followed.outcome === 'complete' ? undefined : String(followed.error),
  });
  const { reply, timeline } = collected;
  const saidSoFar = interruption.how === 'steer-event' ? decision.partial.text : reply.text;
  return { interrupted: { reply, saidSoFar, timeline, turn: { ...collected.turn, interruption } }, call };
};
