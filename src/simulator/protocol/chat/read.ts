import { z } from 'zod';
import type { ConversationEntry, SimulatedRequest } from '../../plan/conversation.ts';
import { functionTool, preambleOf, readBody, textOf } from '../read-body.ts';

const messageSchema = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
  content: z.unknown().optional(),
  tool_calls: z.array(z.unknown().optional()).nullish(),
});

const bodySchema = z.looseObject({
  model: z.string(),
  messages: z.array(messageSchema).min(1),
  stream: z.boolean().nullish(),
  stream_options: z
    .looseObject({ include_usage: z.boolean().nullish(), include_obfuscation: z.boolean().nullish() })
    .nullish(),
  tools: z
    .array(
      z.looseObject({ function: z.looseObject({ name: z.string(), parameters: z.unknown().optional() }).optional() }),
    )
    .nullish(),
  max_tokens: z.int().positive().nullish(),
  max_completion_tokens: z.int().positive().nullish(),
  prompt_cache_key: z.string().nullish(),
  user: z.string().nullish(),
});

const entryOf = (message: z.output<typeof messageSchema>): ConversationEntry => {
  const text = textOf(message.content);
  switch (message.role) {
    case 'system':
    case 'developer':
      return { role: 'system', text };
    case 'user':
      return { role: 'user', text };
    case 'assistant':
      return { role: 'assistant', text: message.tool_calls == null ? text : text + JSON.stringify(message.tool_calls) };
    case 'tool':
    case 'function':
      return { role: 'tool', text };
  }
};

/** Reads the body of POST /v1/chat/completions. */
export const readChat = (body: unknown): SimulatedRequest => {
  const request = readBody(bodySchema, body);
  const tools = request.tools ?? [];
  return {
    model: request.model,
    stream: request.stream === true,
    preamble: preambleOf(tools),
    conversation: request.messages.map(entryOf),
    tools: tools.flatMap((tool) =>
      tool.function === undefined ? [] : [functionTool(tool.function.name, tool.function.parameters)],
    ),
    maxOutputTokens: request.max_completion_tokens ?? request.max_tokens ?? undefined,
    wantsUsage: request.stream !== true || request.stream_options?.include_usage === true,
    wantsObfuscation: request.stream_options?.include_obfuscation !== false,
    wantsCacheWrite: false,
    cacheKey: request.prompt_cache_key ?? request.user ?? undefined,
  };
};
