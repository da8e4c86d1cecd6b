import type { IncomingHttpHeaders } from 'node:http';
import type { AttemptScript } from './attempts.ts';
import { monotonicNs } from './pace/clock.ts';
import { type Played, type Sink, TurnPlayer } from './pace/player.ts';
import type { Scheduler } from './pace/scheduler.ts';
import type { RequestStamp, StampLog } from './pace/stamps.ts';
import { layTimeline, type Timeline } from './pace/timeline.ts';
import { type Choice, chooseTurn } from './plan/choose.ts';
import type { SimulatedRequest } from './plan/conversation.ts';
import type { PromptCache } from './plan/prompt-cache.ts';
import { randomFrom, uniformOf } from './plan/random.ts';
import { type PlannedTurn, planTurn } from './plan/turn.ts';
import type { Profile } from './profile.ts';
import { type Encoder, RequestProblem, type SimulatedProtocol } from './protocol/protocol.ts';
import { sessionOf } from './session.ts';

/** What all exchanges of a simulator share. */
export type Stage = {
  readonly profiles: readonly Profile[];
  readonly attempts: readonly AttemptScript[];
  readonly scheduler: Scheduler;
  readonly stamps: StampLog;
  readonly cache: PromptCache;
  readonly nextId: () => string;
};

/** A request as it reached us, by whatever transport. */
export type Arrival = {
  readonly protocol: SimulatedProtocol;
  readonly transport: 'sse' | 'websocket';
  readonly headers: IncomingHttpHeaders;
  readonly request: SimulatedRequest;
  readonly requestId: string;
  /** Monotonic nanoseconds. */
  readonly receivedNs: number;
};

/** A request that was understood and admitted: what will be said, and when. */
export type Exchange = {
  readonly arrival: Arrival;
  readonly sessionId: string;
  readonly profile: Profile;
  readonly choice: Choice;
  readonly turn: PlannedTurn;
  readonly timeline: Timeline;
  readonly encoder: Encoder;
};

const findProfile = (profiles: readonly Profile[], model: string): Profile => {
  const profile = profiles.find((candidate) => candidate.name === model);
  if (profile !== undefined) return profile;
  const known = profiles.map((candidate) => candidate.name).join(', ');
  throw new RequestProblem({
    status: 404,
    type: 'invalid_request_error',
    code: 'model_not_found',
    message: `The model "${model}" does not exist. This simulator has: ${known}.`,
  });
};

const refuseOverflow = (profile: Profile, input: number) => {
  if (input <= profile.context_window) return;
  throw new RequestProblem({
    status: 400,
    type: 'invalid_request_error',
    code: 'context_length_exceeded',
    message: `This model's maximum context length is ${profile.context_window} tokens, but the messages have ${input} tokens.`,
  });
};

/** Plans the answer to a request; throws RequestProblem where it is refused. */
export const planExchange = (stage: Stage, arrival: Arrival): Exchange => {
  const { request, requestId, transport } = arrival;
  const profile = findProfile(stage.profiles, request.model);
  const sessionId = sessionOf(arrival.headers, request);
  const counted = stage.cache.count(`${profile.name}\u0000${sessionId}`, request.conversation);
  refuseOverflow(profile, counted.input);
  const choice = chooseTurn(request.conversation, stage.attempts, { profile, sessionId });
  const turn = planTurn(request, choice, { profile, callId: `call_${requestId}`, ...counted });
  const random = randomFrom(uniformOf('time', profile.seed, profile.name, sessionId, choice.turnIndex));
  const timeline = layTimeline(turn, profile, { transport, queueMs: 0, random });
  const context = { requestId, request, profile, turn, engine: timeline.engine };
  const encoder = arrival.protocol.encoder({ ...context, createdSeconds: Math.floor(Date.now() / 1e3) });
  return { arrival, sessionId, profile, choice, turn, timeline, encoder };
};

/** The stamp of a request, whole or refused. */
export const stampOf = (
  { arrival, sessionId, choice }: Pick<Exchange, 'arrival' | 'sessionId'> & { readonly choice?: Choice | undefined },
  played: Played,
  ending: Pick<RequestStamp, 'fault' | 'interrupted'>,
): RequestStamp => ({
  requestId: arrival.requestId,
  sessionId,
  model: arrival.request.model,
  protocol: arrival.protocol.name,
  transport: arrival.request.stream ? arrival.transport : 'json',
  task: choice?.task,
  attempt: choice?.attempt,
  turnIndex: choice?.turnIndex,
  received: arrival.receivedNs,
  opened: played.opened,
  firstContentWritten: played.chunks[0]?.[0],
  lastContentWritten: played.chunks.at(-1)?.[0],
  finishWritten: played.finishWritten,
  terminalWritten: played.terminalWritten,
  tokens: played.tokens,
  chunks: played.chunks,
  ...ending,
});

/** Plays an exchange into a sink and keeps its stamps. `interrupt` ends it at once. */
export const startExchange = (stage: Stage, exchange: Exchange, sink: Sink) => {
  const { timeline, encoder, arrival, profile } = exchange;
  const isStreamed = arrival.request.stream;
  const player = new TurnPlayer(
    isStreamed ? timeline : { ...timeline, openNs: timeline.endNs, emissions: [] },
    { encoder, sink },
    {
      scheduler: stage.scheduler,
      startNs: arrival.receivedNs,
      lateUsageMs: profile.usage.mode === 'late' ? profile.usage.late_ms : 0,
    },
  );
  let interrupted: RequestStamp['interrupted'];
  const planned = timeline.emissions.reduce((sum, emission) => sum + emission.tokens, 0);
  const done = player.play().then((played) => {
    const { terminalWritten } = played;
    const whole = isStreamed || terminalWritten === undefined ? played : { ...played, tokens: planned };
    const cut = interrupted && { ...interrupted, saved: planned - whole.tokens };
    stage.stamps.add(stampOf(exchange, whole, { fault: undefined, interrupted: cut }));
  });
  return {
    done,
    interrupt: (how: 'closed' | 'steered') => {
      interrupted = { at: monotonicNs(), how, saved: 0 };
      player.stop();
    },
  };
};
