import { z } from 'zod';
import type { ConversationEntry, SimulatedRequest } from '../../plan/conversation.ts';
import { functionTool, preambleOf, readBody, textOf } from '../read-body.ts';

const blockSchema = z.looseObject({
  type: z.string(),
  content: z.unknown().optional(),
  cache_control: z.unknown().optional(),
});

const bodySchema = z.looseObject({
  model: z.string(),
  messages: z
    .array(
      z.looseObject({
        role: z.enum(['user', 'assistant', 'system']),
        content: z.union([z.string(), z.array(blockSchema)]),
      }),
    )
    .min(1),
  system: z.union([z.string(), z.array(blockSchema)]).nullish(),
  tools: z.array(z.looseObject({ name: z.string(), input_schema: z.unknown().optional() })).nullish(),
  stream: z.boolean().nullish(),
  max_tokens: z.int().positive().nullish(),
  metadata: z.looseObject({ user_id: z.string().nullish() }).nullish(),
});

type Body = z.output<typeof bodySchema>;

/** A user message may hold tool results and text: each becomes an entry of its own. */
const entriesOf = ({ role, content }: Body['messages'][number]): readonly ConversationEntry[] => {
  if (typeof content === 'string' || role !== 'user') return [{ role, text: textOf(content) }];
  return content.map((block) =>
    block.type === 'tool_result' ? { role: 'tool', text: textOf(block.content) } : { role, text: textOf([block]) },
  );
};

const marksCache = ({ system, messages }: Body): boolean =>
  [system, ...messages.map((message) => message.content)].some(
    (content) => Array.isArray(content) && content.some((block) => block.cache_control != null),
  );

/** Reads the body of POST /v1/messages. */
export const readMessages = (body: unknown): SimulatedRequest => {
  const request = readBody(bodySchema, body);
  const tools = request.tools ?? [];
  return {
    model: request.model,
    stream: request.stream === true,
    preamble: preambleOf(tools, textOf(request.system)),
    conversation: request.messages.flatMap(entriesOf),
    tools: tools.map((tool) => functionTool(tool.name, tool.input_schema)),
    maxOutputTokens: request.max_tokens ?? undefined,
    wantsUsage: true,
    wantsObfuscation: false,
    wantsCacheWrite: marksCache(request),
    cacheKey: request.metadata?.user_id ?? undefined,
  };
};
