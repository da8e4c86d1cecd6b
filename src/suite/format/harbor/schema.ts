import { z } from 'zod';

const memory = z.string().regex(/^\d+(\.\d+)?\s*[GMK]B?$/i, 'a size such as "2G" or "512M"');
const network = z.enum(['public', 'no-network', 'allowlist']);
const variables = z.record(z.string(), z.string());

/**
 * task.toml of Harbor 1.0 to 1.4, the fields that we act on. Unknown keys are kept out by zod and ignored, as Harbor does.
 * Source: Harbor's task format; old names (`version`, `memory`, `allow_internet`) are still published.
 */
export const taskFileSchema = z.object({
  schema_version: z.string().optional(),
  version: z.string().optional(),
  task: z.object({ name: z.string().optional(), description: z.string().optional() }).optional(),
  metadata: z
    .looseObject({
      difficulty: z.string().optional(),
      category: z.string().optional(),
      tags: z.array(z.string()).optional(),
      /** Ours: the instruction changes while the model is answering. */
      steering: z.object({ after_output_tokens: z.int().positive(), instruction: z.string().min(1) }).optional(),
    })
    .optional(),
  agent: z
    .object({
      timeout_sec: z.number().positive().nullish(),
      user: z.union([z.string(), z.number()]).nullish(),
      network_mode: network.nullish(),
    })
    .optional(),
  verifier: z
    .object({
      timeout_sec: z.number().positive().optional(),
      env: variables.optional(),
      user: z.union([z.string(), z.number()]).nullish(),
      network_mode: network.nullish(),
      environment_mode: z.enum(['shared', 'separate']).nullish(),
      environment: z.unknown().optional(),
    })
    .optional(),
  solution: z.object({ env: variables.optional() }).optional(),
  environment: z
    .object({
      build_timeout_sec: z.number().positive().optional(),
      docker_image: z.string().nullish(),
      os: z.string().optional(),
      cpus: z.number().positive().nullish(),
      memory_mb: z.number().positive().nullish(),
      memory: memory.nullish(),
      gpus: z.number().nullish(),
      network_mode: network.nullish(),
      allow_internet: z.boolean().nullish(),
      env: variables.optional(),
      workdir: z.string().nullish(),
      mcp_servers: z.array(z.unknown()).optional(),
    })
    .optional(),
  steps: z.array(z.unknown()).optional(),
});

export type TaskFile = z.infer<typeof taskFileSchema>;
