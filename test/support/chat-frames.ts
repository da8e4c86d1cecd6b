import { frame } from './raw-server.ts';

/** Frames of a Chat Completions stream, as servers write them. */
export const chunk = (delta: unknown, extra: Readonly<Record<string, unknown>> = {}): string =>
  frame({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    model: 'served-model',
    choices: [{ index: 0, delta, finish_reason: null }],
    usage: null,
    ...extra,
  });

export const roleChunk = (): string => chunk({ role: 'assistant', content: '' });

export const finishChunk = (reason = 'stop'): string =>
  frame({ id: 'chatcmpl-1', model: 'served-model', choices: [{ index: 0, delta: {}, finish_reason: reason }] });

export const usageChunk = (usage: unknown, extra: Readonly<Record<string, unknown>> = {}): string =>
  frame({ id: 'chatcmpl-1', model: 'served-model', choices: [], usage, ...extra });

export const done = (): string => frame('[DONE]');
