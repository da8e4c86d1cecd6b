import { describe, expect, it } from 'vitest';
import type { Message } from '../../../src/domain/model/message.ts';
import { collectReply } from '../../../src/endpoint/collect-reply.ts';
import type { EndpointParts } from '../../../src/endpoint/compose.ts';
import { chatCompletions } from '../../../src/endpoint/protocol/chat-completions/protocol.ts';
import { messages } from '../../../src/endpoint/protocol/messages/protocol.ts';
import { responses } from '../../../src/endpoint/protocol/responses/protocol.ts';
import { sse } from '../../../src/endpoint/transport/sse.ts';
import { websocket } from '../../../src/endpoint/transport/websocket/websocket.ts';
import type { AttemptScript } from '../../../src/simulator/attempts.ts';
import { profileSchema } from '../../../src/simulator/profile.ts';
import { startSimulator } from '../../../src/simulator/server.ts';
import { anEndpoint, neverAborted } from '../../support/endpoints.ts';

const instruction = 'Mend the leaking tap in the kitchen.';
const script: AttemptScript = {
  task: 'tap',
  instruction,
  attempts: [
    {
      name: 'plumber',
      style: 'careful',
      turns: [
        { reasoning: 'First look at it.', text: 'I shall look.', bash: 'ls /kitchen' },
        { text: 'Now the tap.', bash: 'mend tap' },
        { submit: 'Mended.' },
      ],
    },
  ],
};
const profile = profileSchema.parse({
  name: 'asked-model',
  description: 'For a test',
  tier: 'other',
  ttft: { distribution: 'constant', ms: 20 },
  rate: { tokens_per_second: 500 },
  styles: { careful: 1, hasty: 0 },
});
const tools = ['bash', 'submit'].map((name) => ({
  name,
  description: name,
  parameters: { type: 'object', properties: { command: { type: 'string' } } },
}));

const combinations: readonly (readonly [string, Pick<EndpointParts, 'protocol' | 'transport'>])[] = [
  ['Chat Completions over SSE', { protocol: chatCompletions, transport: sse }],
  ['Responses over SSE', { protocol: responses, transport: sse }],
  ['Responses over WebSocket', { protocol: responses, transport: websocket }],
  ['Messages over SSE', { protocol: messages, transport: sse }],
];

describe.each(combinations)('%s, a whole conversation with the simulator', (_name, parts) => {
  it('takes every turn of the script, and agrees with what the simulator says that it wrote', async () => {
    await using simulator = await startSimulator({ profiles: [profile], attempts: [script] });
    await using endpoint = anEndpoint(simulator.url, { ...parts, showsAllThinking: true });
    const conversation: Message[] = [{ role: 'user', text: instruction }];
    const commands: string[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      const request = { messages: [...conversation], tools, sessionId: 'trial' };
      const collected = await collectReply(endpoint.stream(request, { signal: neverAborted }), { endpoint: 'e' });
      if (collected.outcome !== 'complete') throw collected.error;
      const { reply, turn: told } = collected;
      const truth = simulator.stamps().at(-1);
      expect(told.usage.output).toBe(truth?.tokens);
      expect(told.stamps.firstContent).toBeGreaterThanOrEqual(truth?.firstContentWritten ?? Number.NaN);
      expect(told.stamps.lastContent).toBeGreaterThanOrEqual(truth?.lastContentWritten ?? Number.NaN);
      expect(told.stamps.dispatch).toBeLessThanOrEqual(truth?.received ?? Number.NaN);
      expect(told.connection?.reused).toBe(turn > 0);
      commands.push(...reply.toolCalls.map(({ name, argumentsText }) => `${name} ${argumentsText}`));
      if (turn === 0) expect(reply).toMatchObject({ reasoning: 'First look at it.', text: 'I shall look.' });
      conversation.push({ role: 'assistant', ...reply });
      for (const { id, name } of reply.toolCalls) {
        conversation.push({ role: 'tool', toolCallId: id, name, text: 'done' });
      }
    }
    expect(commands).toEqual([
      'bash {"command":"ls /kitchen"}',
      'bash {"command":"mend tap"}',
      expect.stringMatching(/^submit/),
    ]);
  });
});
