import { z } from 'zod';
import { UserError } from '../domain/errors.ts';
import { faultSchema, retryAfterForms } from './fault/fault.ts';
import { loadYamlFiles } from './yaml-files.ts';

const milliseconds = z.number().min(0);
const share = z.number().min(0).max(1);

const prefill = { prefill_ms_per_1k_tokens: milliseconds.default(0) };

const ttftSchema = z.discriminatedUnion('distribution', [
  z.strictObject({ distribution: z.literal('constant'), ms: milliseconds, ...prefill }),
  z.strictObject({
    distribution: z.literal('normal'),
    ms: milliseconds,
    standard_deviation_ms: milliseconds,
    ...prefill,
  }),
  /** `ms` is the median, `sigma` the standard deviation of the logarithm. */
  z.strictObject({ distribution: z.literal('lognormal'), ms: milliseconds, sigma: z.number().min(0), ...prefill }),
]);

const overheadSchema = z
  .strictObject({
    /** Before the first byte of the answer, on every call. */
    round_trip_ms: milliseconds.default(0),
    /** Added to the time of each token, in microseconds. */
    per_token_us: z.number().min(0).default(0),
    /** Multiplies the sampled time to first token. */
    ttft_factor: z.number().min(0).default(1),
  })
  .prefault({});

const chunksSchema = z
  .strictObject({
    tokens_per_event: z.int().min(1).default(1),
    /** Tokens that the first content event carries at once. */
    bundled_first_chunk: z.int().min(1).default(1),
    /** An opening event without content (Chat: the role), as most servers send. */
    role_only_first_chunk: z.boolean().default(true),
    /** Padding of random length beside each delta, as OpenAI does unless asked not to. */
    obfuscation: z.boolean().default(false),
    /** A delta without content before each one with. */
    empty_deltas: z.boolean().default(false),
    /** Chat: the role in every delta, and the finish reason twice, as some servers send them. */
    repeated_role: z.boolean().default(false),
    repeated_finish: z.boolean().default(false),
    /** SSE comment lines between events, as OpenRouter sends while it waits. */
    comments: z.boolean().default(false),
    /** Compresses the stream for a client that accepts it. */
    gzip: z.boolean().default(false),
  })
  .prefault({});

const reasoningSchema = z
  .strictObject({
    /** `hidden` takes its time and is counted but never sent; `none` is not generated at all. */
    mode: z.enum(['visible', 'hidden', 'none']).default('visible'),
    field: z.enum(['reasoning_content', 'reasoning']).default('reasoning_content'),
    /** Responses: the thought itself, as open models stream it, or as a summary, which hides how long the thought was. */
    responses_form: z.enum(['text', 'summary']).default('text'),
    /** Thought beyond the script's, in tokens a turn. */
    extra_tokens: z.int().min(0).default(0),
  })
  .prefault({});

const usageSchema = z
  .strictObject({
    mode: z.enum(['final', 'late', 'absent']).default('final'),
    /** Wait before the usage when it is late. */
    late_ms: milliseconds.default(50),
  })
  .prefault({});

const websocketSchema = z
  .strictObject({
    /** False answers an upgrade with 426. */
    accept: z.boolean().default(true),
    /** Agrees to permessage-deflate where the client offers it. */
    deflate: z.boolean().default(false),
    /** A connection older than this takes no more responses. */
    connection_limit_s: z.number().positive().default(3600),
    /** Where a steered response stops: at once, or when its output item is whole, as OpenAI documents. */
    steer_boundary: z.enum(['token', 'item']).default('token'),
  })
  .prefault({});

const rateLimitsSchema = z.strictObject({
  requests_per_minute: z.number().positive().optional(),
  tokens_per_minute: z.number().positive().optional(),
  /** What counts as a request's output: what it will be, or the most that it may be (Cerebras reserves that). */
  reserve: z.enum(['planned', 'max_tokens']).default('planned'),
  when_exceeded: z.enum(['reject', 'queue']).default('reject'),
  retry_after: z.enum(retryAfterForms).default('seconds'),
  headers: z.enum(['openai', 'cerebras', 'anthropic', 'none']).default('openai'),
});

/** How a simulated endpoint behaves. Its `name` is the model's name in a request. */
export const profileSchema = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/),
  description: z.string().min(1),
  tier: z.enum(['wafer-scale', 'gpu', 'other']),
  seed: z.int().default(1),
  ttft: ttftSchema,
  rate: z.strictObject({
    tokens_per_second: z.number().positive(),
    /** How far a token may stray from its deadline, as a share of the time between two; the mean rate stays exact. */
    jitter: share.default(0),
  }),
  overhead: z.strictObject({ sse: overheadSchema, websocket: overheadSchema }).prefault({}),
  chunks: chunksSchema,
  reasoning: reasoningSchema,
  usage: usageSchema,
  server_timing: z.enum(['none', 'cerebras', 'groq', 'llamacpp', 'openai']).default('none'),
  websocket: websocketSchema,
  rate_limits: rateLimitsSchema.optional(),
  faults: z.array(faultSchema).default([]),
  context_window: z.int().positive().default(128_000),
  /** Shares of the styles of attempt this model makes. */
  styles: z.strictObject({ careful: share, hasty: share }).default({ careful: 0.75, hasty: 0.25 }),
});

export type Profile = z.output<typeof profileSchema>;

/** Loads profiles from folders and files; throws UserError with file:line:column, also when two share a name. */
export const loadProfiles = async (...paths: readonly string[]): Promise<readonly Profile[]> => {
  const profiles = await loadYamlFiles(paths, profileSchema);
  const names = profiles.map((profile) => profile.name);
  const doubled = names.find((name, index) => names.indexOf(name) !== index);
  if (doubled !== undefined) throw new UserError(`two profiles are named "${doubled}" in ${paths.join(', ')}`);
  return profiles;
};
