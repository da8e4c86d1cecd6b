import { describe, expect, it } from 'vitest';
import { collectReply } from '../../../src/endpoint/collect-reply.ts';
import { timingOf } from '../../../src/measure/turn-timing.ts';
import { chunk, done, finishChunk, roleChunk, usageChunk } from '../../support/chat-frames.ts';
import { anEndpoint, aRequest, neverAborted, testKey } from '../../support/endpoints.ts';
import { eventStream, pause, startRawServer } from '../../support/raw-server.ts';

const signal = neverAborted;

describe('a call over Chat Completions and SSE', () => {
  it('collects text, reasoning, tool calls, usage and who served it', async () => {
    await using server = await startRawServer((response) => {
      response.writeHead(200, { ...eventStream, 'openai-processing-ms': '12' });
      response.write(roleChunk());
      response.write(chunk({ reasoning_content: 'Hm. ' }));
      response.write(chunk({ content: 'Hel' }) + chunk({ content: 'lo' }));
      response.write(
        chunk({
          tool_calls: [{ index: 0, id: 'call_a', type: 'function', function: { name: 'bash', arguments: '' } }],
        }),
      );
      response.write(chunk({ tool_calls: [{ index: 0, function: { arguments: '{"command":' } }] }));
      response.write(chunk({ tool_calls: [{ index: 0, function: { arguments: '"ls"}' } }] }));
      response.write(finishChunk('tool_calls'));
      response.write(
        usageChunk(
          {
            prompt_tokens: 9,
            completion_tokens: 12,
            prompt_tokens_details: { cached_tokens: 4 },
            completion_tokens_details: { reasoning_tokens: 3 },
          },
          { service_tier: 'default' },
        ),
      );
      response.end(done());
    });
    await using endpoint = anEndpoint(server.address, { settings: { effort: 'low', maxOutputTokens: 100 } });
    const tools = [{ name: 'bash', description: 'Run.', parameters: { type: 'object' } }];
    const collected = await collectReply(endpoint.stream(aRequest({ tools }), { signal }), { endpoint: 'under-test' });

    expect(collected.outcome).toBe('complete');
    expect(collected.reply).toEqual({
      text: 'Hello',
      reasoning: 'Hm. ',
      toolCalls: [{ id: 'call_a', name: 'bash', argumentsText: '{"command":"ls"}' }],
    });
    expect(collected.turn).toMatchObject({
      endpoint: 'under-test',
      contentChunks: 5,
      contentCharacters: 25,
      usage: { input: 9, cachedInput: 4, output: 12, reasoning: 3 },
      finish: { unified: 'tool-calls', raw: 'tool_calls' },
      served: { model: 'served-model', serviceTier: 'default', responseId: 'chatcmpl-1' },
      serverTiming: { source: 'openai-processing-ms', beforeAnswerMs: 12 },
      connection: { reused: false },
    });
    // It was sent before the answer: no total, so no share of the network either.
    expect(collected.turn?.serverTiming).not.toHaveProperty('totalMs');
    expect(collected.timeline.map(([, characters, channel]) => [characters, channel])).toEqual([
      [4, 'reasoning'],
      [3, 'text'],
      [2, 'text'],
      [11, 'tool'],
      [5, 'tool'],
    ]);

    const sent = server.received[0];
    expect(sent).toMatchObject({ method: 'POST', path: '/v1/chat/completions' });
    expect(sent?.headers).toMatchObject({
      authorization: `Bearer ${testKey}`,
      'accept-encoding': 'identity',
      'x-session-id': 'session-1',
    });
    expect(JSON.parse(sent?.body ?? '')).toEqual({
      model: 'asked-model',
      messages: [{ role: 'user', content: 'Say hello.' }],
      tools: [{ type: 'function', function: tools[0] }],
      reasoning_effort: 'low',
      max_completion_tokens: 100,
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it('keeps one connection for calls that follow one another', async () => {
    await using server = await startRawServer((response) => {
      response.writeHead(200, eventStream);
      response.end(chunk({ content: 'a' }) + finishChunk() + done());
    });
    await using endpoint = anEndpoint(server.address);
    const connections = [];
    for (let call = 0; call < 3; call += 1) {
      const { turn } = await collectReply(endpoint.stream(aRequest(), { signal }), { endpoint: 'e' });
      connections.push(turn?.connection);
    }
    expect(connections[0]?.reused).toBe(false);
    expect(connections[0]?.tcpMs).toBeGreaterThan(0);
    expect(connections.slice(1)).toEqual([{ reused: true }, { reused: true }]);
    expect(server.received.map((request) => request.earlierOnConnection)).toEqual([0, 1, 2]);
  });

  it('times first token, answer and end as they came, not the role chunk before nor the usage chunk after', async () => {
    await using server = await startRawServer(async (response) => {
      response.writeHead(200, eventStream);
      response.write(roleChunk());
      await pause(60);
      response.write(chunk({ reasoning: 'Hm.' }));
      await pause(60);
      response.write(chunk({ content: 'one' }));
      await pause(60);
      response.write(chunk({ content: 'two' }) + finishChunk());
      await pause(500);
      response.write(usageChunk({ prompt_tokens: 1, completion_tokens: 9 }));
      response.end(done());
    });
    await using endpoint = anEndpoint(server.address);
    const { turn } = await collectReply(endpoint.stream(aRequest(), { signal }), { endpoint: 'e' });
    if (turn === undefined) throw new Error('no turn');
    const timing = timingOf(turn);
    expect(timing.ttftMs).toBeGreaterThanOrEqual(59);
    expect(timing.ttfoMs).toBeGreaterThanOrEqual(119);
    expect(timing.durationMs).toBeGreaterThanOrEqual(179);
    expect(timing.durationMs).toBeLessThan(600);
    expect(timing.ttftMs).toBeLessThan(timing.ttfoMs ?? 0);
  });
});
