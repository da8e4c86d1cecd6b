import type { EndpointFault } from '../../src/domain/model/endpoint-error.ts';
import type { StopReason } from '../../src/domain/trial.ts';
import type { Verdict } from '../../src/domain/verdict.ts';

/** A way in which an endpoint fails, and what a trial's record must say of it. */
export type FaultCase = {
  /** In the words of a simulator profile: its faults and whatever else it sets. */
  readonly profile: { readonly faults: readonly object[] } & Readonly<Record<string, unknown>>;
  /** In the words of tacho.yaml, beside the address. */
  readonly endpoint?: Readonly<Record<string, unknown>>;
  /** Reached by an address of its own, since the fault strikes a whole server, or there is no server. */
  readonly apart?: 'server' | 'silence';
  /** The failed tries of model calls that were followed by another, in order. */
  readonly tries: readonly Try[];
  /** Over the fault, at the contender's own limit, or by the infra error with this fault. */
  readonly ends: StopReason | { readonly broken: EndpointFault };
  /** What the tests say of what is left in the container, where it is judged. */
  readonly verdict?: Verdict['outcome'];
};

/** `status` is the answer's or the error frame's; a wait is at least `waitsMs`, and there is none where a new connection mends it. */
type Try = { readonly fault: EndpointFault; readonly status?: number; readonly waitsMs?: number };

const once = { times: 1 };
const overWebSocket = { protocol: 'responses', transport: 'websocket' };
const overMessages = { protocol: 'messages' };
const impatient = { timeouts: { idle: '700ms' } };

const over = (fault: object, tries: Try | readonly Try[], endpoint: FaultCase['endpoint'] = {}): FaultCase => ({
  profile: { faults: [{ ...fault, ...once }] },
  endpoint,
  tries: [tries].flat(),
  ends: 'submitted',
  verdict: 'resolved',
});

/** Every try meets the fault: the first and the two repetitions that the configuration allows. */
const never = (fault: object, tries: Try, endpoint: FaultCase['endpoint'] = {}): FaultCase => ({
  profile: { faults: [fault] },
  endpoint,
  tries: [tries, tries],
  ends: { broken: tries.fault },
});

const status = (code: number, more: object = {}): object => ({ kind: 'http_error', status: code, ...more });
const midway = (kind: string, more: object = {}): object => ({ kind, after_tokens: 3, ...more });

/** 429 in each form in which vendors say when to come back; whole seconds are rounded up, own back-off is at least 250 ms. */
const rateLimits = Object.fromEntries(
  (
    [
      ['none', 250],
      ['seconds', 1000],
      ['milliseconds', 600],
      ['date', 500],
      ['reset', 600],
      ['reset_minute', 600],
      ['anthropic_reset', 500],
      ['message', 600],
    ] as const
  ).map(([form, waitsMs]) => [
    `429-${form.replace('_', '-')}`,
    over(status(429, { retry_after: form, retry_after_ms: 600 }), { fault: 'rate-limited', status: 429, waitsMs }),
  ]),
);

/** By the name of the contender that meets it. */
export const faultCases: Readonly<Record<string, FaultCase>> = {
  ...rateLimits,
  '500': over(status(500), { fault: 'server-error', status: 500 }),
  '503': over(status(503), { fault: 'overloaded', status: 503 }),
  '529': over(status(529), { fault: 'overloaded', status: 529 }, overMessages),
  reset: over({ kind: 'reset' }, { fault: 'connection-lost' }),
  hang: over({ kind: 'hang' }, { fault: 'timeout' }, impatient),
  'error-event': over(midway('stream_error'), { fault: 'server-error' }),
  'error-event-messages': over(midway('stream_error'), { fault: 'server-error' }, overMessages),
  'failed-response': over(midway('stream_error', { form: 'failed' }), { fault: 'server-error' }, overWebSocket),
  'no-terminal': over(midway('truncate'), { fault: 'truncated' }),
  'reset-midway': over(midway('reset_stream'), { fault: 'connection-lost' }),
  stall: over(midway('stall'), { fault: 'timeout', status: 200 }, impatient),
  malformed: over(midway('malformed'), { fault: 'malformed' }),
  'websocket-429': over(
    status(429, { retry_after: 'seconds' }),
    { fault: 'rate-limited', status: 429, waitsMs: 1000 },
    overWebSocket,
  ),
  'websocket-cut': over(midway('truncate'), { fault: 'truncated' }, overWebSocket),
  'websocket-reset': over(midway('reset_stream'), { fault: 'connection-lost' }, overWebSocket),
  'websocket-forgets': over(
    { kind: 'previous_response_not_found' },
    { fault: 'connection-lost', status: 400 },
    overWebSocket,
  ),
  'websocket-too-old': over({ kind: 'connection_limit' }, { fault: 'connection-lost', status: 400 }, overWebSocket),
  'refused-for-a-while': {
    ...over({ kind: 'refuse_connections', for_ms: 500 }, [{ fault: 'connection-lost' }, { fault: 'refused' }]),
    apart: 'server',
  },
  'always-500': never(status(500), { fault: 'server-error', status: 500 }),
  'always-429': never(status(429, { retry_after: 'milliseconds', retry_after_ms: 200 }), {
    fault: 'rate-limited',
    status: 429,
  }),
  'always-529': never(status(529), { fault: 'overloaded', status: 529 }, overMessages),
  'always-error-event': never(midway('stream_error'), { fault: 'server-error' }),
  'always-no-terminal': never(midway('truncate'), { fault: 'truncated' }),
  'always-malformed': never(midway('malformed'), { fault: 'malformed' }),
  'always-stall': never(midway('stall'), { fault: 'timeout', status: 200 }, impatient),
  'always-too-slow': never(
    midway('stall', { ms: 300_000 }),
    { fault: 'timeout', status: 200 },
    { timeouts: { total: '900ms' } },
  ),
  'always-resets-websocket': never(midway('reset_stream'), { fault: 'connection-lost' }, overWebSocket),
  'never-connects': {
    ...never({ kind: 'hang' }, { fault: 'timeout' }, { timeouts: { connect: '500ms' } }),
    apart: 'silence',
  },
  'asks-for-an-hour': {
    ...never(status(429, { retry_after: 'seconds', retry_after_ms: 3_600_000 }), {
      fault: 'rate-limited',
      status: 429,
    }),
    tries: [],
  },
  'invalid-request': { ...never(status(400), { fault: 'invalid-request' }), tries: [] },
  // The first answers did the work: what is left is judged.
  'context-overflow': {
    profile: { faults: [{ kind: 'context_overflow', on_request: 3 }] },
    tries: [],
    ends: 'context-limit',
    verdict: 'resolved',
  },
  'context-window': {
    profile: { faults: [] },
    endpoint: { context_window: 100 },
    tries: [],
    ends: 'context-limit',
    verdict: 'unresolved',
  },
};
