import { setTimeout as sleep } from 'node:timers/promises';
import { EndpointError } from '../domain/model/endpoint-error.ts';
import type { ModelRequest } from '../domain/model/message.ts';
import type { FailedTry, Turn } from '../domain/model/turn.ts';
import { type Clock, type MonotonicNs, millisecondsBetween } from '../domain/time.ts';
import { type CollectedReply, collectReply } from './collect-reply.ts';
import type { ModelEndpoint } from './endpoint.ts';
import { reservedTokens } from './estimate-tokens.ts';
import type { RateLimiter } from './limits/rate-limiter.ts';
import { type RetryPolicy, waitBeforeRetry } from './limits/retry.ts';

export type CallOptions = {
  readonly limiter: RateLimiter;
  readonly retry: RetryPolicy;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The most that an answer may have where a request does not say it: so many tokens are reserved. */
  readonly maxOutputTokens?: number | undefined;
};

/** Time in which the call was ours to wait: for a place at the endpoint, or before another try. */
export type CallWait = {
  readonly reason: 'admission' | 'back-off';
  readonly from: MonotonicNs;
  readonly to: MonotonicNs;
};

/** The last try's reply with what came before it; `waits` and `failedTries` are outside its TTFT. */
export type ModelCall = CollectedReply & {
  readonly failedTries: readonly FailedTry[];
  readonly waits: readonly CallWait[];
  readonly admissionWaitMs: number;
};

/** One model call as a trial makes it: admitted, tried, retried in sight. Never rejects. */
export const callModel = async (
  endpoint: ModelEndpoint,
  request: ModelRequest,
  options: CallOptions,
): Promise<ModelCall> => {
  const failedTries: FailedTry[] = [];
  const waits: CallWait[] = [];
  for (;;) {
    const collected = await tryOnce(endpoint, request, { ...options, waits });
    const failed = options.clock.now();
    const retry = planRetry(collected, options.retry, failedTries.length + 1);
    if (retry === undefined) return describeCall(collected, failedTries, waits);
    const { fault, status } = retry.error;
    const dispatch = collected.turn?.stamps.dispatch ?? failed;
    failedTries.push({ dispatch, failed, fault, status, waitedMs: retry.waitMs });
    const isAborted = await backOff(retry.waitMs, options.signal);
    waits.push({ reason: 'back-off', from: failed, to: options.clock.now() });
    if (isAborted) return describeCall(aborted(options.signal), failedTries, waits);
  }
};

const tryOnce = async (
  endpoint: ModelEndpoint,
  request: ModelRequest,
  { limiter, clock, signal, maxOutputTokens, waits }: CallOptions & { readonly waits: CallWait[] },
): Promise<CollectedReply> => {
  const from = clock.now();
  const admission = await limiter.admit(reservedTokens(request, maxOutputTokens), signal).catch(() => undefined);
  waits.push({ reason: 'admission', from, to: clock.now() });
  if (admission === undefined) return aborted(signal);
  const events = endpoint.stream(request, { signal });
  const collected = await collectReply(events, { endpoint: endpoint.description.id, signal });
  admission.release(usedTokens(collected.turn));
  return collected;
};

const planRetry = (
  collected: CollectedReply,
  policy: RetryPolicy,
  failedTries: number,
): { readonly error: EndpointError; readonly waitMs: number } | undefined => {
  if (collected.outcome !== 'failed' || !(collected.error instanceof EndpointError)) return undefined;
  const waitMs = waitBeforeRetry(policy, collected.error, failedTries);
  return waitMs === undefined ? undefined : { error: collected.error, waitMs };
};

/** Resolves to whether the caller's signal ended the wait. */
const backOff = (milliseconds: number, signal: AbortSignal): Promise<boolean> =>
  sleep(milliseconds, undefined, { signal }).then(
    () => false,
    () => true,
  );

const aborted = (signal: AbortSignal): CollectedReply => ({
  outcome: 'aborted',
  error: signal.reason,
  reply: { text: '', reasoning: '', toolCalls: [] },
  turn: undefined,
  timeline: [],
});

/** Unknown where either side is: then the estimate stays reserved. */
const usedTokens = (turn: Turn | undefined): number | undefined => {
  const { input, output } = turn?.usage ?? {};
  return input === undefined || output === undefined ? undefined : input + output;
};

const failureOf = (collected: CollectedReply): Turn['failure'] => {
  if (collected.outcome !== 'failed' || !(collected.error instanceof EndpointError)) return undefined;
  const { fault, status } = collected.error;
  return { fault, status };
};

const describeCall = (
  collected: CollectedReply,
  failedTries: readonly FailedTry[],
  waits: readonly CallWait[],
): ModelCall => {
  const admissionWaitMs = waits
    .filter((wait) => wait.reason === 'admission')
    .reduce((sum, wait) => sum + millisecondsBetween(wait.from, wait.to), 0);
  const seen = { failedTries, waits, admissionWaitMs };
  if (collected.turn === undefined) return { ...collected, ...seen };
  const failure = failureOf(collected);
  const turn = { ...collected.turn, failedTries, ...(failure && { failure }) };
  return collected.outcome === 'complete' ? { ...collected, turn, ...seen } : { ...collected, turn, ...seen };
};
