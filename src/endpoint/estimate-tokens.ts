import type { ModelRequest } from '../domain/model/message.ts';

/** A token of code or prose is about three or four characters long: fewer tokens than one for five are unlikely, as are more than one for three. */
const mostCharacters = 5;
const fewestCharacters = 3;

/** An agent's step takes about five hundred tokens; without a limit of its own it is given room for twice as many. */
const unlimitedOutputTokens = 1000;

/** A low estimate of a request's input tokens, from its characters: to refuse what surely cannot fit. */
export const leastInputTokens = (request: ModelRequest): number => Math.ceil(charactersOf(request) / mostCharacters);

/** A high estimate of all tokens of a call, to be reserved of an allowance until they are known. `maxOutputTokens` is the endpoint's own. */
export const reservedTokens = (request: ModelRequest, maxOutputTokens: number | undefined): number =>
  Math.ceil(charactersOf(request) / fewestCharacters) +
  (request.maxOutputTokens ?? maxOutputTokens ?? unlimitedOutputTokens);

const charactersOf = (request: ModelRequest): number => {
  const messages = request.messages.reduce((sum, message) => {
    const calls = message.role === 'assistant' ? message.toolCalls : [];
    return calls.reduce(
      (total, call) => total + call.name.length + call.argumentsText.length,
      sum + message.text.length,
    );
  }, 0);
  const tools = request.tools.length === 0 ? 0 : JSON.stringify(request.tools).length;
  return messages + tools;
};
