import { z } from 'zod';

/** When a fault strikes; without any of these, always. */
const when = {
  /** Chance on each request, drawn from the profile's seed. */
  probability: z.coerce.number().min(0).max(1).optional(),
  /** Only on the n-th request for this profile since the start, counted from 1. */
  on_request: z.coerce.number().int().min(1).optional(),
  /** At most so many times in one session. */
  times: z.coerce.number().int().min(1).optional(),
};

const ms = z.coerce.number().min(0);
/** Tokens written before the stream breaks; absent: half of the turn. */
const afterTokens = { after_tokens: z.coerce.number().int().min(0).optional() };

/** The ways in which vendors say when to come back. */
export const retryAfterForms = [
  'none',
  'seconds',
  'milliseconds',
  'date',
  'reset',
  'reset_minute',
  'anthropic_reset',
  'message',
] as const;

const beforeHeaders = [
  z.strictObject({
    kind: z.literal('http_error'),
    status: z.coerce.number().int().min(400).max(599).default(500),
    retry_after: z.enum(retryAfterForms).default('none'),
    retry_after_ms: ms.default(1000),
    ...when,
  }),
  z.strictObject({ kind: z.literal('context_overflow'), ...when }),
  z.strictObject({ kind: z.literal('previous_response_not_found'), ...when }),
  z.strictObject({ kind: z.literal('connection_limit'), ...when }),
  /** Answer to a WebSocket upgrade; 426 sends clients to HTTP. */
  z.strictObject({
    kind: z.literal('upgrade_refused'),
    status: z.coerce.number().int().min(400).max(599).default(426),
    ...when,
  }),
  z.strictObject({ kind: z.literal('slow_headers'), ms, ...when }),
  z.strictObject({ kind: z.literal('hang'), ...when }),
  z.strictObject({ kind: z.literal('reset'), ...when }),
  /** The server is gone: every connection is reset and the port is closed for a while. */
  z.strictObject({ kind: z.literal('refuse_connections'), for_ms: ms.default(1000), ...when }),
  /** New connections are taken and never served for a while, this request included. */
  z.strictObject({ kind: z.literal('hang_connections'), for_ms: ms.default(1000), ...when }),
] as const;

const inStream = [
  /** An error event and the end; `failed` says it as a failed response, where the protocol has that. */
  z.strictObject({
    kind: z.literal('stream_error'),
    form: z.enum(['error', 'failed']).default('error'),
    ...afterTokens,
    ...when,
  }),
  /** A clean end without the closing events. */
  z.strictObject({ kind: z.literal('truncate'), ...afterTokens, ...when }),
  z.strictObject({ kind: z.literal('reset_stream'), ...afterTokens, ...when }),
  /** Nothing for so long; for ever when absent. */
  z.strictObject({ kind: z.literal('stall'), ms: ms.optional(), ...afterTokens, ...when }),
  /** One event that is no JSON; the stream goes on. */
  z.strictObject({ kind: z.literal('malformed'), ...afterTokens, ...when }),
] as const;

/** A way in which a simulated endpoint fails. */
export const faultSchema = z.discriminatedUnion('kind', [...beforeHeaders, ...inStream]);

export type Fault = z.output<typeof faultSchema>;
export type FaultKind = Fault['kind'];
export type FaultOf<Kind extends FaultKind> = Extract<Fault, { kind: Kind }>;
export type RetryAfterForm = (typeof retryAfterForms)[number];

/** The fault of a kind among those that strike a request. */
export const findFault = <Kind extends FaultKind>(faults: readonly Fault[], kind: Kind): FaultOf<Kind> | undefined =>
  faults.find((fault): fault is FaultOf<Kind> => fault.kind === kind);

/** Breaks a stream at a number of tokens. */
export type StreamFault = FaultOf<'stream_error' | 'truncate' | 'reset_stream' | 'stall' | 'malformed'>;

const streamKinds: ReadonlySet<string> = new Set(inStream.map((schema) => schema.shape.kind.value));

export const findStreamFault = (faults: readonly Fault[]): StreamFault | undefined =>
  faults.find((fault): fault is StreamFault => streamKinds.has(fault.kind));
