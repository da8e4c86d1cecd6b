import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../../../src/simulator/server.ts';
import { aProfile, aScript } from '../../support/simulator.ts';
import { payloadsOf, post } from './wire.ts';

const script = aScript({
  attempts: [
    {
      name: 'only',
      style: 'careful',
      turns: [{ reasoning: 'Hm, think.', text: 'Let me look.', bash: 'ls "a b"' }, { submit: 'All done.' }],
    },
  ],
});
const properties = { command: { type: 'string' }, description: { type: 'string' } };
const tools = [{ name: 'Bash', input_schema: { type: 'object', properties, required: ['command', 'description'] } }];

let simulator: Simulator;
beforeAll(async () => {
  const fast = { ttft: { distribution: 'constant', ms: 10 }, rate: { tokens_per_second: 5000 } };
  simulator = await startSimulator({ attempts: [script], profiles: [aProfile(fast)] });
});
afterAll(() => simulator[Symbol.asyncDispose]());

const ask = (changes: object = {}, path = '/messages') =>
  post(`${simulator.url}${path}`, {
    model: 'sim-test',
    max_tokens: 1000,
    stream: true,
    messages: [{ role: 'user', content: [{ type: 'text', text: script.instruction }] }],
    tools,
    ...changes,
  });

test('events in Anthropic’s order; blocks hold what the deltas said', async () => {
  const answer = await ask();
  const events = payloadsOf(answer.text);
  expect(answer.text.match(/^event: .*$/gm)?.map((line) => line.slice(7))).toEqual(events.map((event) => event.type));
  const order = events.map((event) => event.type).filter((type, index, all) => type !== all[index - 1]);
  const block = ['content_block_start', 'content_block_delta', 'content_block_stop'];
  expect(order).toEqual(['message_start', 'ping', ...block, ...block, ...block, 'message_delta', 'message_stop']);
  const said = (index: number, field: string) =>
    events
      .filter((event) => event.index === index)
      .map((event) => event.delta?.[field] ?? '')
      .join('');
  expect(said(0, 'thinking')).toBe('Hm, think.');
  expect(said(1, 'text')).toBe('Let me look.');
  expect(JSON.parse(said(2, 'partial_json'))).toEqual({ command: 'ls "a b"', description: 'Run a command' });
  expect(events.at(-2)).toMatchObject({
    delta: { stop_reason: 'tool_use' },
    usage: { output_tokens: simulator.stamps().at(-1)?.tokens },
  });
});

test('input tokens leave out what the cache gave and took; the three add up', async () => {
  const marked = [{ type: 'text', text: 'You are a coding agent.', cache_control: { type: 'ephemeral' } }];
  const total = async (messages: object[]) => {
    const { usage } = JSON.parse((await ask({ stream: false, system: marked, messages })).text);
    const counted = JSON.parse((await ask({ system: marked, messages }, '/messages/count_tokens')).text);
    expect(usage.input_tokens + usage.cache_creation_input_tokens + usage.cache_read_input_tokens).toBe(
      counted.input_tokens,
    );
    return usage;
  };
  const first = { role: 'user', content: `A session of its own. ${script.instruction}` };
  expect(await total([first])).toMatchObject({ input_tokens: 0, cache_read_input_tokens: 0 });
  expect((await total([first, { role: 'assistant', content: 'x' }, first])).cache_read_input_tokens).toBeGreaterThan(
    10,
  );
});

test('tool results take the conversation on; without streaming it is one message', async () => {
  const answer = await ask({
    stream: false,
    messages: [
      { role: 'user', content: script.instruction },
      { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'Bash', input: { command: 'ls' } }] },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 't', content: 'a b' },
          { type: 'text', text: 'Go on.' },
        ],
      },
    ],
  });
  expect(JSON.parse(answer.text)).toMatchObject({
    type: 'message',
    content: [{ type: 'text', text: 'All done.' }],
    stop_reason: 'end_turn',
  });
});

test('says no as Anthropic does', async () => {
  const refused = await ask({ model: 'unknown' });
  expect(refused.status).toBe(404);
  expect(JSON.parse(refused.text)).toMatchObject({ type: 'error', error: { type: 'not_found_error' } });
});
