import { z } from 'zod';
import type { ConversationEntry, OfferedTool, SimulatedRequest } from '../../plan/conversation.ts';
import { functionTool, preambleOf, readBody, textOf } from '../read-body.ts';

const toolSchema = z.looseObject({ type: z.string(), name: z.string().optional(), parameters: z.unknown().optional() });

const itemSchema = z.looseObject({
  type: z.string().optional(),
  role: z.string().optional(),
  content: z.unknown().optional(),
  output: z.unknown().optional(),
  tools: z.array(toolSchema).optional(),
});

const bodySchema = z.looseObject({
  model: z.string(),
  input: z.union([z.string(), z.array(itemSchema)]).default([]),
  instructions: z.string().nullish(),
  tools: z.array(toolSchema).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_obfuscation: z.boolean().nullish() }).nullish(),
  max_output_tokens: z.int().positive().nullish(),
  previous_response_id: z.string().nullish(),
  store: z.boolean().nullish(),
  generate: z.boolean().nullish(),
  prompt_cache_key: z.string().nullish(),
  user: z.string().nullish(),
});

type Item = z.output<typeof itemSchema>;

const messageEntry = (item: Item): ConversationEntry => {
  const text = textOf(item.content);
  if (item.role === 'assistant' || item.role === 'user') return { role: item.role, text };
  return { role: 'system', text };
};

/** One input item; what the model once said (messages, reasoning, calls of any kind) is the assistant's. */
const entryOf = (item: Item): ConversationEntry => {
  const type = item.type ?? 'message';
  if (type === 'message') return messageEntry(item);
  if (type.endsWith('_output')) return { role: 'tool', text: textOf(item.output) };
  return { role: type === 'additional_tools' ? 'system' : 'assistant', text: JSON.stringify(item) };
};

const offeredTool = (tool: z.output<typeof toolSchema>): readonly OfferedTool[] => {
  switch (tool.type) {
    case 'function':
      return tool.name === undefined ? [] : [functionTool(tool.name, tool.parameters)];
    case 'custom':
      return tool.name === undefined ? [] : [{ name: tool.name, kind: 'custom', properties: {}, required: [] }];
    case 'local_shell':
      return [{ name: 'local_shell', kind: 'local_shell', properties: {}, required: [] }];
    default:
      return [];
  }
};

/** The entries of an `input`, as response.create and response.steer have it. */
export const readInput = (input: unknown): readonly ConversationEntry[] => {
  const items = readBody(bodySchema.shape.input, input);
  return typeof items === 'string' ? [{ role: 'user', text: items }] : items.map(entryOf);
};

/** Reads the body of POST /v1/responses, or a `response.create` event. */
export const readResponses = (body: unknown): SimulatedRequest => {
  const request = readBody(bodySchema, body);
  const { input } = request;
  const tools = [
    ...(request.tools ?? []),
    ...(typeof input === 'string' ? [] : input.flatMap((item) => item.tools ?? [])),
  ];
  return {
    model: request.model,
    stream: request.stream === true,
    preamble: preambleOf(request.tools ?? [], request.instructions ?? ''),
    conversation: readInput(input),
    tools: tools.flatMap(offeredTool),
    maxOutputTokens: request.max_output_tokens ?? undefined,
    wantsUsage: true,
    wantsObfuscation: request.stream_options?.include_obfuscation !== false,
    wantsCacheWrite: false,
    cacheKey: request.prompt_cache_key ?? request.user ?? undefined,
    chain: {
      previousResponseId: request.previous_response_id ?? undefined,
      store: request.store !== false,
      generate: request.generate !== false,
    },
  };
};
