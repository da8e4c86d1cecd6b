import type { ModelRequest } from '../domain/model/message.ts';

/** Code and prose take fewer characters a token than this, so the estimate errs on the low side. */
const charactersPerToken = 5;

/** A low estimate of a request's input tokens, from its characters: to refuse the impossible and to ask for admission. */
export const estimateInputTokens = (request: ModelRequest): number => {
  const messages = request.messages.reduce((sum, message) => {
    const calls = message.role === 'assistant' ? message.toolCalls : [];
    return calls.reduce(
      (total, call) => total + call.name.length + call.argumentsText.length,
      sum + message.text.length,
    );
  }, 0);
  const tools = request.tools.length === 0 ? 0 : JSON.stringify(request.tools).length;
  return Math.ceil((messages + tools) / charactersPerToken);
};
