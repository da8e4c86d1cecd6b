import { z } from 'zod';
import { prices } from '../../yaml/prices.ts';
import { count, duration } from '../../yaml/quantity.ts';

const name = z.string().regex(/^[\w.-]+$/, 'a name of letters, digits, ".", "_" and "-"');

const limits = z.strictObject({
  concurrency: z.number().int().positive().optional().describe('model calls at a time, shared by all trials'),
  requests_per_minute: z.number().int().positive().optional(),
  tokens_per_minute: count.optional(),
});

const timeouts = z.strictObject({
  connect: duration.optional().describe('until the connection is open'),
  idle: duration.optional().describe('without hearing anything'),
  total: duration.optional().describe('for one try of a model call; unlimited where absent'),
});

const tier = z.enum(['wafer-scale', 'gpu', 'cpu', 'unknown']);

const keyLike = /key|token|secret|password|signature|^sig$|^code$/i;

/** An address is shown in reports and kept in the manifest: it must hold nothing that opens a door. */
const holdsNoKey = (address: string): boolean => {
  const { username, password, searchParams } = new URL(address);
  return username === '' && password === '' && ![...searchParams.keys()].some((parameter) => keyLike.test(parameter));
};

/** A real endpoint has `url` and `model`; a simulated one `simulate: <profile>`; a replayed one `replay: <recording>`. */
const endpoint = z
  .strictObject({
    url: z
      .url({
        protocol: /^(https?|wss?)$/,
        error: 'expected an address such as https://api.example.com/v1',
        abort: true,
      })
      .refine(holdsNoKey, {
        error: 'an address is shown in every report: put the key in an environment variable and name that in `key_env`',
      })
      .optional(),
    model: z.string().min(1).optional().describe('the model name the endpoint knows'),
    simulate: z.string().optional().describe('name of a simulator profile, or the path of its YAML file'),
    replay: z.string().optional().describe('a recording: streams.jsonl, or the folder of a run or probe'),
    speed: z
      .string()
      .regex(/^(original|instant|\d+(\.\d+)?x)$/, 'expected original, instant or a factor such as 2x')
      .optional()
      .describe('of a replay'),
    recorded_endpoint: z.string().optional().describe('which endpoint of the recording, where it holds several'),
    protocol: z.enum(['chat-completions', 'responses', 'messages']).default('chat-completions'),
    transport: z.enum(['sse', 'websocket']).default('sse'),
    key_env: z.string().optional().describe('name of the environment variable that holds the API key'),
    tier: tier.default('unknown'),
    steering: z
      .enum(['abort', 'event'])
      .default('abort')
      .describe('how an answer is stopped when the instruction changes: by leaving it, or by response.steer'),
    context_window: count.optional(),
    limits: limits.optional(),
    timeouts: timeouts.optional().describe('a model call that takes longer failed, and is tried again'),
    prices: prices.optional().describe('what it charges; without them nothing is said about cost'),
    headers: z.record(z.string(), z.string()).optional().describe('extra request headers; no secrets'),
  })
  .refine(({ url, simulate, replay }) => [url, simulate, replay].filter((way) => way !== undefined).length === 1, {
    error: 'give one of `url` (a real endpoint), `simulate` (a profile of the simulator) and `replay` (a recording)',
    path: ['url'],
  })
  .refine(({ replay, speed, recorded_endpoint: recorded }) => replay !== undefined || !(speed ?? recorded), {
    error: '`speed` and `recorded_endpoint` belong to `replay`',
    path: ['replay'],
  })
  .refine((value) => value.steering === 'abort' || value.transport === 'websocket', {
    error: 'only the websocket transport has an event for steering',
    path: ['steering'],
  })
  .refine((value) => value.transport === 'sse' || value.protocol === 'responses', {
    error: 'the websocket transport speaks the responses protocol only',
    path: ['transport'],
  })
  .refine((value) => value.url === undefined || value.model !== undefined, {
    error: 'a real endpoint needs `model`',
    path: ['model'],
  })
  // What the refinements say, for editors: JSON Schema cannot see them.
  .meta({
    oneOf: [{ required: ['url', 'model'] }, { required: ['simulate'] }, { required: ['replay'] }],
    if: { properties: { transport: { const: 'websocket' } }, required: ['transport'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: { protocol: { const: 'responses' } }, required: ['protocol'] },
  });

const contender = z.strictObject({
  name,
  agent: z.string().default('shell'),
  endpoint: z.string().optional(),
  partner: z.string().optional().describe('second endpoint of a hybrid agent (cascade, plan-then-execute)'),
  partner_effort: z.string().optional(),
  first_steps: z.number().int().positive().optional().describe('cascade: model calls before the partner takes over'),
  check: z
    .string()
    .optional()
    .describe("cascade: a command run after the first model's submission; a failure hands over"),
  effort: z.string().optional().describe('reasoning effort, as the endpoint names it'),
  service_tier: z.string().optional(),
  temperature: z.number().min(0).optional(),
  max_output_tokens: count.optional(),
});

const suite = z.union([
  z.string().transform((path) => ({ path, tasks: undefined, tags: undefined })),
  z.strictObject({ path: z.string(), tasks: z.array(z.string()).optional(), tags: z.array(z.string()).optional() }),
]);

/** tacho.yaml. Paths are relative to the file's folder. */
export const configSchema = z.strictObject({
  name: name.default('run'),
  endpoints: z.record(name, endpoint).default({}),
  contenders: z.array(contender).min(1, 'name at least one contender'),
  suites: z.array(suite).min(1, 'name at least one suite'),
  attempts: z.number().int().positive().default(1).describe('trials of each task by each contender (k)'),
  concurrency: z.number().int().positive().default(4).describe('trials at a time'),
  seed: z.number().int().nonnegative().default(1),
  budgets: z
    .strictObject({
      steps: z.number().int().positive().default(50),
      output_tokens: count.optional(),
      time: duration.optional().describe("overrides the tasks' own agent time limits"),
      command: duration.default(120_000),
    })
    .prefault({}),
  retries: z
    .strictObject({
      infra: z.number().int().nonnegative().default(1),
      request: z.number().int().nonnegative().default(4),
    })
    .prefault({}),
  images: z
    .strictObject({ mirrors: z.record(z.string(), z.string()).default({}), trust_ca: z.boolean().default(false) })
    .prefault({}),
  record: z.boolean().default(false).describe('keep the streams of real and simulated endpoints, to be replayed'),
  results: z.string().default('results'),
});

export type Config = z.output<typeof configSchema>;
export type EndpointConfig = Config['endpoints'][string];
export type ContenderConfig = Config['contenders'][number];
