import OpenAI from 'openai';
import { collectReply } from '../../src/endpoint/collect-reply.ts';
import { composeEndpoint } from '../../src/endpoint/compose.ts';
import { chatCompletions } from '../../src/endpoint/protocol/chat-completions/protocol.ts';
import { sse } from '../../src/endpoint/transport/sse.ts';
import { timingOf } from '../../src/measure/turn-timing.ts';
import { systemClock } from '../../src/run/metering/clock.ts';
import { instruction } from './protocol.ts';

/** What a client read off one call. `firstContent` is monotonic, so that it can be held against the server's write. */
export type Reading = {
  readonly sessionId: string;
  readonly ttftMs: number;
  readonly firstContent: number;
  readonly decodeTokensPerSecond: number;
};

export type Client = AsyncDisposable & { call(sessionId: string): Promise<Reading> };
export type OpenClient = (address: string, model: string) => Client;

const never = new AbortController().signal;

/** Our endpoint, as a trial uses it. */
export const openTacho: OpenClient = (address, model) => {
  const endpoint = composeEndpoint({
    description: {
      id: model,
      model,
      protocol: 'chat-completions',
      transport: 'sse',
      address,
      tier: 'unknown',
      simulated: true,
    },
    protocol: chatCompletions,
    transport: sse,
    settings: {},
    clock: systemClock,
    key: () => undefined,
  });
  return {
    call: async (sessionId) => {
      const request = { messages: [{ role: 'user', text: instruction } as const], tools: [], sessionId };
      const collected = await collectReply(endpoint.stream(request, { signal: never }), { endpoint: model });
      if (collected.outcome !== 'complete') throw collected.error;
      const { ttftMs = Number.NaN, decodeTokensPerSecond = Number.NaN } = timingOf(collected.turn);
      return {
        sessionId,
        ttftMs,
        firstContent: collected.turn.stamps.firstContent ?? Number.NaN,
        decodeTokensPerSecond,
      };
    },
    [Symbol.asyncDispose]: () => endpoint[Symbol.asyncDispose](),
  };
};

/** The official SDK, used as its documentation shows: stamps are taken where its events are read. */
export const openOpenAi: OpenClient = (baseURL, model) => {
  const client = new OpenAI({ baseURL, apiKey: 'none', maxRetries: 0 });
  return {
    call: async (sessionId) => {
      const dispatch = systemClock.now();
      const stream = await client.chat.completions.create(
        {
          model,
          messages: [{ role: 'user', content: instruction }],
          stream: true,
          stream_options: { include_usage: true },
        },
        { headers: { 'x-session-id': sessionId } },
      );
      let first: number | undefined;
      let last = Number.NaN;
      let output = Number.NaN;
      for await (const chunk of stream) {
        if (chunk.choices[0]?.delta.content) {
          last = systemClock.now();
          first ??= last;
        }
        output = chunk.usage?.completion_tokens ?? output;
      }
      const firstContent = first ?? Number.NaN;
      return {
        sessionId,
        ttftMs: (firstContent - dispatch) / 1e6,
        firstContent,
        decodeTokensPerSecond: ((output - 1) / (last - firstContent)) * 1e9,
      };
    },
    [Symbol.asyncDispose]: async () => {},
  };
};
