import type { Message, ModelRequest, ToolCall, ToolDefinition } from '../../../domain/model/message.ts';
import type { EncodedRequest } from '../../endpoint.ts';
import { asRecord, type JsonRecord } from '../json.ts';
import type { ProtocolOptions } from '../protocol-options.ts';

/** Required by the protocol; enough for an agent's step. */
const defaultMaxOutputTokens = 16_384;

export const originOf = (options: ProtocolOptions): string => `messages:${options.model}`;

/** Everything up to a mark may be read from the provider's cache; unmarked, an agent's history is paid for at each step. */
const cacheMark = { cache_control: { type: 'ephemeral' } };

/** Anthropic Messages, always streamed. */
export const encode = (request: ModelRequest, options: ProtocolOptions): EncodedRequest => {
  const { settings, extraBody } = options;
  const system = request.messages.flatMap((message) =>
    message.role === 'system' ? [{ type: 'text', text: message.text }] : [],
  );
  const body = {
    model: options.model,
    system: system.length === 0 ? undefined : markLast(system),
    messages: encodeMessages(request.messages, originOf(options)),
    tools: request.tools.length === 0 ? undefined : request.tools.map(encodeTool),
    max_tokens: request.maxOutputTokens ?? settings.maxOutputTokens ?? defaultMaxOutputTokens,
    ...(settings.effort === undefined
      ? {}
      : { thinking: { type: 'adaptive' }, output_config: { effort: settings.effort } }),
    service_tier: settings.serviceTier,
    temperature: settings.temperature,
    ...extraBody,
    stream: true,
  };
  const headers = { 'anthropic-version': '2023-06-01', 'x-session-id': request.sessionId };
  return { path: '/messages', body, headers, sessionId: request.sessionId };
};

type Turn = { readonly role: 'user' | 'assistant'; readonly content: readonly JsonRecord[] };

/** Roles alternate: results of tools and what the user adds to them are one message. */
const encodeMessages = (messages: readonly Message[], origin: string): readonly Turn[] => {
  const turns: Turn[] = [];
  for (const message of messages) {
    if (message.role === 'system') continue;
    const role = message.role === 'assistant' ? 'assistant' : 'user';
    const content = encodeContent(message, origin);
    const last = turns.at(-1);
    if (last?.role === role) turns[turns.length - 1] = { role, content: [...last.content, ...content] };
    else turns.push({ role, content });
  }
  const end = turns.pop();
  return end === undefined ? [] : [...turns, { ...end, content: markLast(end.content) }];
};

const markLast = (blocks: readonly JsonRecord[]): readonly JsonRecord[] =>
  blocks.map((block, index) => (index === blocks.length - 1 ? { ...block, ...cacheMark } : block));

const encodeContent = (message: Exclude<Message, { role: 'system' }>, origin: string): readonly JsonRecord[] => {
  switch (message.role) {
    case 'user':
      return [{ type: 'text', text: message.text }];
    case 'assistant':
      return [
        // Signed thinking must precede the tool use that it led to.
        ...(message.carried?.origin === origin ? message.carried.items : []).map((item) => asRecord(item) ?? {}),
        ...(message.text === '' ? [] : [{ type: 'text', text: message.text }]),
        ...message.toolCalls.map(encodeToolCall),
      ];
    case 'tool':
      return [{ type: 'tool_result', tool_use_id: message.toolCallId, content: message.text }];
  }
};

const encodeToolCall = (call: ToolCall): JsonRecord => ({
  type: 'tool_use',
  id: call.id,
  name: call.name,
  input: parseInput(call.argumentsText),
});

/** The protocol wants an object; what the model wrote may be none. */
const parseInput = (text: string): JsonRecord => {
  try {
    return asRecord(JSON.parse(text)) ?? { arguments: text };
  } catch {
    return text === '' ? {} : { arguments: text };
  }
};

const encodeTool = (tool: ToolDefinition): unknown => ({
  name: tool.name,
  description: tool.description,
  input_schema: tool.parameters,
});
