import type { Message, ModelRequest, ToolDefinition } from '../../../domain/model/message.ts';
import type { EncodedRequest } from '../../endpoint.ts';
import type { ProtocolOptions } from '../protocol-options.ts';

/** Where carried items come from and go back to. */
export const originOf = (options: ProtocolOptions): string => `responses:${options.model}`;

/** OpenAI Responses, stateless (`store: false`): every request is complete, a persistent connection may shorten it. */
export const encode = (request: ModelRequest, options: ProtocolOptions): EncodedRequest => {
  const { settings, extraBody } = options;
  const reasons = settings.effort !== undefined && settings.effort !== 'none';
  const instructions = request.messages.flatMap((message) => (message.role === 'system' ? [message.text] : []));
  const body = {
    model: options.model,
    instructions: instructions.length === 0 ? undefined : instructions.join('\n\n'),
    input: request.messages.flatMap((message) => encodeMessage(message, originOf(options))),
    tools: request.tools.length === 0 ? undefined : request.tools.map(encodeTool),
    reasoning: settings.effort === undefined ? undefined : { effort: settings.effort },
    // Without storage the provider's reasoning travels with us, encrypted.
    include: reasons ? ['reasoning.encrypted_content'] : undefined,
    service_tier: settings.serviceTier,
    temperature: settings.temperature,
    max_output_tokens: request.maxOutputTokens ?? settings.maxOutputTokens,
    prompt_cache_key: request.sessionId,
    ...extraBody,
    store: false,
    stream: true,
  };
  return { path: '/responses', body, headers: { 'x-session-id': request.sessionId }, sessionId: request.sessionId };
};

const encodeMessage = (message: Message, origin: string): readonly unknown[] => {
  switch (message.role) {
    case 'system':
      return [];
    case 'user':
      return [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: message.text }] }];
    case 'assistant':
      return [
        ...(message.carried?.origin === origin ? message.carried.items : []),
        ...(message.text === '' ? [] : [outputMessage(message.text)]),
        ...message.toolCalls.map((call) => ({
          type: 'function_call',
          call_id: call.id,
          name: call.name,
          arguments: call.argumentsText,
        })),
      ];
    case 'tool':
      return [{ type: 'function_call_output', call_id: message.toolCallId, output: message.text }];
  }
};

const outputMessage = (text: string): unknown => ({
  type: 'message',
  role: 'assistant',
  content: [{ type: 'output_text', text }],
});

const encodeTool = (tool: ToolDefinition): unknown => ({
  type: 'function',
  name: tool.name,
  description: tool.description,
  parameters: tool.parameters,
  strict: false,
});
