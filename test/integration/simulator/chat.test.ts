import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../../../src/simulator/server.ts';
import { aProfile, aScript } from '../../support/simulator.ts';
import { paceOf, payloadsOf, post } from './wire.ts';

const longText = 'word '.repeat(400).trim();
const script = aScript({
  attempts: [
    {
      name: 'only',
      style: 'careful',
      turns: [{ reasoning: 'Hm.', text: longText, bash: 'ls "a b"' }, { submit: true }],
    },
  ],
});
const tools = [
  {
    type: 'function' as const,
    function: { name: 'bash', parameters: { type: 'object', properties: { command: { type: 'string' } } } },
  },
];
const bodyFor = (model: string, changes: object = {}) => ({
  model,
  stream: true,
  stream_options: { include_usage: true },
  messages: [{ role: 'user' as const, content: script.instruction }],
  tools,
  ...changes,
});

let simulator: Simulator;
beforeAll(async () => {
  const fast = { ttft: { distribution: 'constant', ms: 20 } };
  const rate = (tokens_per_second: number) => ({ rate: { tokens_per_second } });
  simulator = await startSimulator({
    attempts: [script],
    profiles: [
      aProfile({ ...fast, ...rate(5000) }),
      aProfile({ ...rate(1000), name: 'at-1000' }),
      aProfile({ ...rate(3000), name: 'at-3000', chunks: { tokens_per_event: 2 } }),
      aProfile({ ...fast, ...rate(70), name: 'at-70', reasoning: { mode: 'none' } }),
      aProfile({ ...fast, ...rate(5000), name: 'tiny', context_window: 20 }),
    ],
  });
});
afterAll(() => simulator[Symbol.asyncDispose]());

describe('Chat Completions over SSE', () => {
  test('role, reasoning, text, call, finish, usage, [DONE]', async () => {
    const answer = await post(`${simulator.url}/chat/completions`, bodyFor('sim-test'));
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringContaining('text/event-stream'),
      'x-tacho-simulated': 'true',
    });
    expect(answer.text.endsWith('data: [DONE]\n\n')).toBe(true);
    const chunks = payloadsOf(answer.text);
    const join = (pick: (delta: Record<string, never>) => unknown) =>
      chunks.map((chunk) => pick(chunk.choices[0]?.delta ?? {}) ?? '').join('');
    expect(chunks[0].choices[0].delta).toEqual({ role: 'assistant', content: '' });
    expect(join((delta) => delta.reasoning_content)).toBe('Hm.');
    expect(join((delta) => delta.content)).toBe(longText);
    const calls = chunks.flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? []);
    expect(calls[0]).toMatchObject({ index: 0, type: 'function', function: { name: 'bash', arguments: '' } });
    expect(JSON.parse(calls.map((call) => call.function.arguments).join(''))).toEqual({ command: 'ls "a b"' });
    expect(chunks.map((chunk) => chunk.choices[0]?.finish_reason).filter(Boolean)).toEqual(['tool_calls']);
    const { usage } = chunks.at(-1);
    expect(usage.completion_tokens).toBe(simulator.stamps().at(-1)?.tokens);
    expect(new Set(chunks.map((chunk) => chunk.system_fingerprint))).toEqual(new Set(['tacho-simulator']));
  });

  test('the official SDK holds a conversation with it, streaming or not', async () => {
    const client = new OpenAI({ baseURL: simulator.url, apiKey: 'none', maxRetries: 0 });
    const first = await client.chat.completions.create({ ...bodyFor('sim-test'), stream: false, stream_options: null });
    const [call] = first.choices[0]?.message.tool_calls ?? [];
    expect(first.choices[0]?.message.content).toBe(longText);
    const stream = client.chat.completions.stream({
      ...bodyFor('sim-test'),
      stream: true,
      messages: [
        { role: 'user', content: script.instruction },
        { role: 'assistant', content: '', tool_calls: call === undefined ? [] : [call] },
        { role: 'tool', tool_call_id: call?.id ?? '', content: 'a b' },
      ],
    });
    const last = await stream.finalChatCompletion();
    expect(last.choices[0]).toMatchObject({
      finish_reason: 'stop',
      message: { content: expect.stringMatching(/^Simulated/) },
    });
    expect(last.usage?.prompt_tokens_details?.cached_tokens).toBeGreaterThan(0);
  });

  // A busy machine may make any one stream late; a server that cannot keep its rate misses it every time.
  const paces = [
    ['at-70', 70, 20],
    ['at-1000', 1000, 100],
    ['at-3000', 3000, 100],
  ] as const;
  for (const [model, rate, ttftMs] of paces) {
    test(`${model}: the rate within 1%, TTFT not before its deadline`, { retry: 5 }, async () => {
      await post(`${simulator.url}/chat/completions`, bodyFor(model, model === 'at-70' ? { max_tokens: 60 } : {}));
      const stamp = simulator.stamps().at(-1);
      if (stamp === undefined) throw new Error('no stamp');
      const pace = paceOf(stamp);
      expect(Math.abs(pace.tokensPerSecond / rate - 1)).toBeLessThan(0.01);
      expect(pace.ttftMs).toBeGreaterThanOrEqual(ttftMs);
    });
  }

  test('a client that goes away stops the turn at once', async () => {
    const controller = new AbortController();
    const response = await fetch(`${simulator.url}/chat/completions`, {
      method: 'POST',
      body: JSON.stringify(bodyFor('at-70')),
      headers: { 'x-session-id': 'goes-away' },
      signal: controller.signal,
    });
    await response.body?.getReader().read();
    const closedAt = Number(process.hrtime.bigint());
    controller.abort();
    await expect.poll(() => simulator.stamps().find((stamp) => stamp.sessionId === 'goes-away')).toBeDefined();
    const stamp = simulator.stamps().find((each) => each.sessionId === 'goes-away');
    expect(stamp?.interrupted).toMatchObject({ how: 'closed' });
    expect(stamp?.interrupted?.tokensSaved).toBeGreaterThan(300);
    expect((stamp?.interrupted?.at ?? 0) - closedAt).toBeLessThan(1e9);
    expect(stamp?.terminalWritten).toBeUndefined();
  });

  test('says no as OpenAI does', async () => {
    const ask = async (body: unknown) => {
      const { status, text } = await post(`${simulator.url}/chat/completions`, body);
      return [status, JSON.parse(text).error.code];
    };
    expect(await ask('{')).toEqual([400, 'invalid_request']);
    expect(await ask(bodyFor('unknown'))).toEqual([404, 'model_not_found']);
    expect(await ask(bodyFor('sim-test', { messages: 'none' }))).toEqual([400, 'invalid_request']);
    expect(await ask(bodyFor('tiny'))).toEqual([400, 'context_length_exceeded']);
  });

  test('lists its models as simulated', async () => {
    const { data } = (await (await fetch(`${simulator.url}/models`)).json()) as {
      data: { id: string; owned_by: string }[];
    };
    expect(data.map((model) => model.id)).toContain('at-1000');
    expect(new Set(data.map((model) => model.owned_by))).toEqual(new Set(['tacho-simulator']));
  });
});
