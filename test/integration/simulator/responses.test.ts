import OpenAI from 'openai';
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
const parameters = { type: 'object', properties: { cmd: { type: 'string' } }, required: ['cmd'] };
const tools = [{ type: 'function' as const, name: 'exec_command', parameters, strict: false }];

let simulator: Simulator;
let client: OpenAI;
beforeAll(async () => {
  const fast = { ttft: { distribution: 'constant', ms: 10 }, rate: { tokens_per_second: 5000 } };
  simulator = await startSimulator({
    attempts: [script],
    profiles: [
      aProfile(fast),
      aProfile({ ...fast, name: 'timed', server_timing: 'cerebras' }),
      aProfile({ ...fast, name: 'summary', reasoning: { responses_form: 'summary' } }),
      aProfile({ ...fast, name: 'hidden', reasoning: { mode: 'hidden', extra_tokens: 20 }, usage: { mode: 'absent' } }),
    ],
  });
  client = new OpenAI({ baseURL: simulator.url, apiKey: 'none', maxRetries: 0 });
});
afterAll(() => simulator[Symbol.asyncDispose]());

const ask = async (changes: object = {}) => {
  const body = { model: 'sim-test', stream: true, input: script.instruction, tools, ...changes };
  const answer = await post(`${simulator.url}/responses`, body);
  return payloadsOf(answer.text);
};

test('events in OpenAI’s order, numbered without a gap', async () => {
  const events = await ask();
  expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index));
  const order = events.map((event) => event.type).filter((type, index, all) => type !== all[index - 1]);
  expect(order).toEqual([
    'response.created',
    'response.in_progress',
    'response.output_item.added',
    'response.content_part.added',
    'response.reasoning_text.delta',
    'response.reasoning_text.done',
    'response.content_part.done',
    'response.output_item.done',
    'response.output_item.added',
    'response.content_part.added',
    'response.output_text.delta',
    'response.output_text.done',
    'response.content_part.done',
    'response.output_item.done',
    'response.output_item.added',
    'response.function_call_arguments.delta',
    'response.function_call_arguments.done',
    'response.output_item.done',
    'response.completed',
  ]);
  const { response } = events.at(-1);
  expect(response.output.map((item: { type: string }) => item.type)).toEqual(['reasoning', 'message', 'function_call']);
  const call = response.output[2];
  const deltas = events.filter((event) => event.type === 'response.function_call_arguments.delta');
  expect(deltas.map((event) => event.delta).join('')).toBe(call.arguments);
  expect(JSON.parse(call.arguments)).toEqual({ cmd: 'ls "a b"' });
  expect(response.usage.output_tokens).toBe(simulator.stamps().at(-1)?.tokens);
});

test('the official SDK reads it, continues a stored response, and gets the same without streaming', async () => {
  const first = await client.responses.stream({ model: 'sim-test', input: script.instruction, tools }).finalResponse();
  const call = first.output.find((item) => item.type === 'function_call');
  const second = await client.responses.create({
    model: 'sim-test',
    previous_response_id: first.id,
    input: [{ type: 'function_call_output', call_id: call?.call_id ?? '', output: 'a b' }],
    tools,
  });
  expect(second.output_text).toBe('All done.');
  expect(second.usage?.input_tokens_details.cached_tokens).toBeGreaterThan(0);
  await expect(
    client.responses.create({ model: 'sim-test', previous_response_id: 'resp_unknown', input: 'x' }),
  ).rejects.toMatchObject({ status: 400, code: 'previous_response_not_found' });
});

test('a full history of items counts as the turns it holds', async () => {
  const events = await ask({
    input: [
      { role: 'user', content: [{ type: 'input_text', text: script.instruction }] },
      { type: 'reasoning', summary: [] },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Let me look.' }] },
      { type: 'function_call', call_id: 'c', name: 'exec_command', arguments: '{}' },
      { type: 'function_call_output', call_id: 'c', output: 'a b' },
    ],
  });
  expect(events.at(-1).response.output[0].content[0].text).toBe('All done.');
});

test('reasoning can come as a summary instead', async () => {
  const order = (await ask({ model: 'summary' })).map((event) => event.type);
  expect(order.filter((type, index) => type.includes('reasoning') && type !== order[index - 1])).toEqual([
    'response.reasoning_summary_part.added',
    'response.reasoning_summary_text.delta',
    'response.reasoning_summary_text.done',
    'response.reasoning_summary_part.done',
  ]);
});

test('hidden reasoning shows an item without text; absent usage is null', async () => {
  const events = await ask({ model: 'hidden' });
  const types = events.map((event) => event.type);
  expect(types).not.toContain('response.reasoning_summary_text.delta');
  expect(events[2]).toMatchObject({ type: 'response.output_item.added', item: { type: 'reasoning', summary: [] } });
  expect(events.at(-1).response.usage).toBeNull();
  expect(events.at(-1).response.output[0]).toMatchObject({ type: 'reasoning', summary: [] });
});

test('a limit on output ends the response as incomplete', async () => {
  const last = (await ask({ max_output_tokens: 5 })).at(-1);
  expect(last).toMatchObject({
    type: 'response.incomplete',
    response: {
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      usage: { output_tokens: 5 },
    },
  });
});

test("the engine's own time stands in the last event, where the profile states it", async () => {
  const { response } = (await ask({ model: 'timed' })).at(-1);
  const { prompt_time, completion_time } = response.time_info;
  expect([prompt_time, completion_time]).toEqual([0.01, response.usage.output_tokens / 5000]);
  expect((await ask()).at(-1).response).not.toHaveProperty('time_info');
});

test('native shell and custom tools are called in their own way', async () => {
  const local = (await ask({ tools: [{ type: 'local_shell' }] })).at(-1).response.output.at(-1);
  expect(local).toMatchObject({
    type: 'local_shell_call',
    action: { type: 'exec', command: ['bash', '-lc', 'ls "a b"'] },
  });
  const custom = (await ask({ tools: [{ type: 'custom', name: 'shell' }] })).at(-1).response.output.at(-1);
  expect(custom).toMatchObject({ type: 'custom_tool_call', name: 'shell', input: 'ls "a b"' });
});
