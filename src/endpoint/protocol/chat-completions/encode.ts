import type { Message, ModelRequest, ToolCall, ToolDefinition } from '../../../domain/model/message.ts';
import type { EncodedRequest } from '../../endpoint.ts';
import { asRecord } from '../json.ts';
import type { ProtocolOptions } from '../protocol-options.ts';

/** OpenAI Chat Completions, always streamed, with usage in the last chunk. */
export const encode = (request: ModelRequest, options: ProtocolOptions): EncodedRequest => {
  const { settings, extraBody = {} } = options;
  const body = {
    model: options.model,
    messages: request.messages.map(encodeMessage),
    tools: request.tools.length === 0 ? undefined : request.tools.map(encodeTool),
    reasoning_effort: settings.effort,
    service_tier: settings.serviceTier,
    temperature: settings.temperature,
    max_completion_tokens: request.maxOutputTokens ?? settings.maxOutputTokens,
    ...extraBody,
    stream: true,
    stream_options: { ...asRecord(extraBody.stream_options), include_usage: true },
  };
  return {
    path: '/chat/completions',
    body,
    headers: { 'x-session-id': request.sessionId },
    sessionId: request.sessionId,
  };
};

const encodeMessage = (message: Message): unknown => {
  switch (message.role) {
    case 'system':
    case 'user':
      return { role: message.role, content: message.text };
    case 'assistant':
      return message.toolCalls.length === 0
        ? { role: 'assistant', content: message.text }
        : {
            role: 'assistant',
            content: message.text === '' ? null : message.text,
            tool_calls: message.toolCalls.map(encodeToolCall),
          };
    case 'tool':
      return { role: 'tool', tool_call_id: message.toolCallId, content: message.text };
  }
};

const encodeToolCall = (call: ToolCall): unknown => ({
  id: call.id,
  type: 'function',
  function: { name: call.name, arguments: call.argumentsText },
});

const encodeTool = (tool: ToolDefinition): unknown => ({
  type: 'function',
  function: { name: tool.name, description: tool.description, parameters: tool.parameters },
});
