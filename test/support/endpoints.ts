import type { ModelRequest } from '../../src/domain/model/message.ts';
import { composeEndpoint, type EndpointParts } from '../../src/endpoint/compose.ts';
import type { ModelEndpoint } from '../../src/endpoint/endpoint.ts';
import { chatCompletions } from '../../src/endpoint/protocol/chat-completions/protocol.ts';
import { sse } from '../../src/endpoint/transport/sse.ts';
import { systemClock } from '../../src/run/metering/clock.ts';

export const testKey = 'sk-test-1234567890';

/** An endpoint at a test server: Chat Completions over SSE unless told otherwise. */
export const anEndpoint = (address: string, parts: Partial<EndpointParts> = {}): ModelEndpoint =>
  composeEndpoint({
    description: {
      id: 'under-test',
      model: 'asked-model',
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
    key: () => testKey,
    ...parts,
  });

export const aRequest = (request: Partial<ModelRequest> = {}): ModelRequest => ({
  messages: [{ role: 'user', text: 'Say hello.' }],
  tools: [],
  sessionId: 'session-1',
  ...request,
});

export const neverAborted = new AbortController().signal;
