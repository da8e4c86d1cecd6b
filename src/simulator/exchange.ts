import type { IncomingHttpHeaders } from 'node:http';
import { type Fault, findFault } from './fault/fault.ts';
import { readFaultHeader } from './fault/header.ts';
import { contextOverflow, statusProblem, throwEarlyFault } from './fault/problems.ts';
import { layTimeline, type Timeline } from './pace/timeline.ts';
import { type Choice, chooseTurn } from './plan/choose.ts';
import type { SimulatedRequest } from './plan/conversation.ts';
import { randomFrom, uniformOf } from './plan/random.ts';
import { type PlannedTurn, planTurn } from './plan/turn.ts';
import type { Profile } from './profile.ts';
import { type EncodeContext, RequestProblem, type SimulatedProtocol } from './protocol/protocol.ts';
import { sessionOf } from './session.ts';
import { findProfile, type Stage } from './stage.ts';

/** A request as it reached us, by whatever transport. */
export type Arrival = {
  readonly protocol: SimulatedProtocol;
  readonly transport: 'sse' | 'websocket';
  readonly headers: IncomingHttpHeaders;
  readonly request: SimulatedRequest;
  readonly requestId: string;
  /** Monotonic nanoseconds. */
  readonly receivedNs: number;
  /** Profile named by the path, which goes before the request's model. */
  readonly profileName?: string | undefined;
};

/** A request that was understood and admitted: what will be said, and when. */
export type Exchange = {
  readonly arrival: Arrival;
  readonly sessionId: string;
  readonly profile: Profile;
  readonly faults: readonly Fault[];
  readonly choice: Choice;
  readonly turn: PlannedTurn;
  readonly timeline: Timeline;
  readonly context: EncodeContext;
};

const silent: PlannedTurn['parts'] = [];

const planned = (stage: Stage, arrival: Arrival, sender: { readonly profile: Profile; readonly sessionId: string }) => {
  const { request, requestId } = arrival;
  const { profile, sessionId } = sender;
  const prompt = [...request.preamble, ...request.conversation];
  const counted = stage.cache.count(`${profile.name}\u0000${sessionId}`, prompt);
  if (counted.input > profile.context_window) {
    throw new RequestProblem(contextOverflow(profile.context_window, counted.input));
  }
  const choice = chooseTurn(request.conversation, stage.attempts, { profile, sessionId });
  const turn = planTurn(request, choice, { profile, callId: `call_${requestId}`, ...counted });
  if (request.chain?.generate !== false) return { choice, turn };
  return {
    choice,
    turn: { ...turn, parts: silent, finish: 'stop', usage: { ...turn.usage, output: 0, reasoning: 0 } } as const,
  };
};

/** Milliseconds that the rate limits make a request wait; throws the refusal where they do not queue. */
const admit = (stage: Stage, profile: Profile, { arrival, turn }: Pick<Exchange, 'arrival' | 'turn'>): number => {
  const limits = profile.rate_limits;
  const limiter = stage.limiters.get(profile.name);
  if (limits === undefined || limiter === undefined) return 0;
  const most = limits.reserve === 'max_tokens' ? arrival.request.maxOutputTokens : undefined;
  const cost = turn.usage.input + (most ?? turn.usage.output);
  const waitMs = limiter.waitMs(cost, arrival.receivedNs);
  if (waitMs > 0 && limits.when_exceeded === 'reject') {
    throw new RequestProblem(statusProblem(429, limits.retry_after, waitMs));
  }
  limiter.take(cost, arrival.receivedNs);
  return waitMs;
};

/** Plans the answer to a request; throws RequestProblem where it is refused and ConnectionFault where it is not answered. */
export const planExchange = (stage: Stage, arrival: Arrival): Exchange => {
  const { request, headers } = arrival;
  const profile = findProfile(stage, arrival.profileName ?? request.model, headers['x-simulate-profile']);
  const sessionId = sessionOf(headers, request);
  const continues = request.chain?.previousResponseId !== undefined;
  const possible = [...readFaultHeader(headers['x-simulate-fault']), ...profile.faults].filter(
    (fault) => continues || fault.kind !== 'previous_response_not_found',
  );
  const faults = stage.faults.strike(possible, { profile: profile.name, seed: profile.seed, sessionId });
  throwEarlyFault(faults, {
    contextWindow: profile.context_window,
    previousResponseId: request.chain?.previousResponseId ?? '',
    isStreamed: request.stream,
  });
  const { choice, turn } = planned(stage, arrival, { profile, sessionId });
  const queueMs = admit(stage, profile, { arrival, turn });
  const random = randomFrom(uniformOf('time', profile.seed, profile.name, sessionId, choice.turnIndex));
  const timeline = layTimeline(turn, profile, {
    transport: arrival.transport,
    slowHeadersMs: findFault(faults, 'slow_headers')?.ms ?? 0,
    queueMs,
    random,
  });
  const context: EncodeContext = {
    requestId: arrival.requestId,
    request,
    profile,
    turn,
    engine: timeline.engine,
    createdSeconds: Math.floor(Date.now() / 1e3),
  };
  return { arrival, sessionId, profile, faults, choice, turn, timeline, context };
};
