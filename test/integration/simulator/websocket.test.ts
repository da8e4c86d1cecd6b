import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../../../src/simulator/server.ts';
import { aProfile, aScript } from '../../support/simulator.ts';
import { openSocket } from './socket.ts';

const script = aScript({
  attempts: [
    { name: 'only', style: 'careful', turns: [{ text: 'word '.repeat(150), bash: 'ls' }, { submit: 'All done.' }] },
  ],
});
const redirect = aScript({
  task: 'suite/farewell',
  instruction: 'Write a farewell instead, please.',
  attempts: [{ name: 'farewell', style: 'careful', turns: [{ text: 'As you wish.' }] }],
});
const tools = [
  { type: 'function', name: 'exec_command', parameters: { type: 'object', properties: { cmd: { type: 'string' } } } },
];
const opening = { model: 'sim-test', input: script.instruction, tools, store: false };

let simulator: Simulator;
beforeAll(async () => {
  const fast = { ttft: { distribution: 'constant', ms: 10 }, rate: { tokens_per_second: 5000 } };
  const slow = { ...fast, rate: { tokens_per_second: 200 } };
  simulator = await startSimulator({
    attempts: [script, redirect],
    profiles: [
      aProfile(fast),
      aProfile({ ...slow, name: 'slow' }),
      aProfile({ ...slow, name: 'by-item', websocket: { steer_boundary: 'item' } }),
      aProfile({ ...fast, name: 'http-only', websocket: { accept: false } }),
      aProfile({ ...fast, name: 'deflating', websocket: { deflate: true } }),
      aProfile({ ...fast, name: 'short-lived', websocket: { connection_limit_s: 0.2 } }),
    ],
  });
});
afterAll(() => simulator[Symbol.asyncDispose]());

const sockets: Awaited<ReturnType<typeof openSocket>>[] = [];
const open = async (path = '/v1/responses', headers = {}, deflate = false) => {
  const socket = await openSocket(`http://127.0.0.1:${simulator.port}${path}`, headers, deflate);
  sockets.push(socket);
  return socket;
};
afterEach(() => {
  for (const { socket } of sockets.splice(0)) socket.terminate();
});

describe('a persistent connection', () => {
  test('is compressed where the profile allows it and the client offers it, and nowhere else', async () => {
    const deflating = '/p/deflating/v1/responses';
    for (const [path, offers] of [
      [deflating, true],
      [deflating, false],
      ['/v1/responses', true],
    ] as const) {
      const socket = await open(path, {}, offers);
      expect(socket.socket.extensions).toBe(path === deflating && offers ? 'permessage-deflate' : '');
      const model = path === deflating ? 'deflating' : 'sim-test';
      expect(await socket.create({ ...opening, model })).toMatchObject({ type: 'response.completed' });
    }
  });

  test('warm-up, first turn, then only the new items', async () => {
    const socket = await open();
    const warm = await socket.create({ ...opening, generate: false, stream: true });
    expect(warm).toMatchObject({ type: 'response.completed', response: { output: [], usage: { output_tokens: 0 } } });
    const first = await socket.create({ ...opening, input: [], previous_response_id: warm.response.id });
    const call = first.response.output.at(-1);
    expect(call).toMatchObject({ type: 'function_call', name: 'exec_command', arguments: '{"cmd":"ls"}' });
    const second = await socket.create({
      ...opening,
      input: [{ type: 'function_call_output', call_id: call.call_id, output: 'a' }],
      previous_response_id: first.response.id,
    });
    expect(second.response.output[0].content[0].text).toBe('All done.');
    expect(second.response.usage.input_tokens_details.cached_tokens).toBe(first.response.usage.input_tokens);
  });

  test('knows only the latest response of its own; another connection knows none', async () => {
    const socket = await open();
    const first = await socket.create(opening);
    const second = await socket.create({ ...opening, input: 'more', previous_response_id: first.response.id });
    const notFound = {
      type: 'error',
      status: 400,
      error: { code: 'previous_response_not_found', param: 'previous_response_id' },
    };
    expect(await socket.create({ ...opening, input: 'x', previous_response_id: first.response.id })).toMatchObject(
      notFound,
    );
    const other = await open();
    expect(await other.create({ ...opening, input: 'x', previous_response_id: second.response.id })).toMatchObject(
      notFound,
    );
    expect(await socket.create({ ...opening, input: 'x', previous_response_id: second.response.id })).toMatchObject({
      type: 'response.completed',
    });
  });

  test('a stored response can be continued from a new connection', async () => {
    const first = await (await open()).create({ ...opening, store: true });
    const other = await open();
    expect(await other.create({ ...opening, previous_response_id: first.response.id, input: 'x' })).toMatchObject({
      type: 'response.completed',
    });
  });

  test('lanes run side by side and name themselves; a bad name is refused', async () => {
    const socket = await open();
    socket.send({ type: 'response.create', ...opening, model: 'slow', stream_id: 'a' });
    socket.send({ type: 'response.create', ...opening, stream_id: 'b' });
    await socket.next((event) => event.type === 'response.completed' && event.stream_id === 'b');
    expect(socket.events.some((event) => event.type === 'response.completed' && event.stream_id === 'a')).toBe(false);
    await socket.next((event) => event.type === 'response.created' && event.stream_id === 'a');
    expect(await socket.create({ ...opening, stream_id: 'not good' })).toMatchObject({
      error: { code: 'invalid_stream_id' },
    });
  });

  test('within a lane one response follows the other', async () => {
    const socket = await open();
    socket.send({ type: 'response.create', ...opening });
    socket.send({ type: 'response.create', ...opening });
    await expect.poll(() => socket.events.filter((event) => event.type === 'response.completed').length).toBe(2);
    const ids = socket.events.flatMap((event) => event.response?.id ?? []);
    expect(ids.indexOf(ids.at(-1))).toBe(ids.lastIndexOf(ids[0]) + 1);
  });

  test('past its limit it takes no more and closes', async () => {
    const socket = await open();
    expect(await socket.create({ ...opening, model: 'short-lived' })).toMatchObject({ type: 'response.completed' });
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(await socket.create({ ...opening, model: 'short-lived' })).toMatchObject({
      type: 'error',
      error: { code: 'websocket_connection_limit_reached' },
    });
    await expect.poll(() => socket.closed()?.code).toBe(1000);
  });

  test('an upgrade can be refused with 426, by profile or by header', async () => {
    expect((await open('/p/http-only/v1/responses')).refused()).toBe(426);
    expect((await open('/v1/responses', { 'x-simulate-fault': 'upgrade_refused; status=503' })).refused()).toBe(503);
    expect((await open('/v1/nothing')).refused()).toBe(404);
  });

  test('what is no event is an error, and the connection lives on', async () => {
    const socket = await open();
    socket.send({ type: 'response.cancel' });
    expect(await socket.next((event) => event.type === 'error')).toMatchObject({ status: 400 });
    expect(await socket.create(opening)).toMatchObject({ type: 'response.completed' });
  });
});

describe('interruption', () => {
  const started = async (model: string) => {
    const socket = await open('/v1/responses', { 'x-session-id': `steer-${model}` });
    socket.send({ type: 'response.create', ...opening, model });
    await socket.next((event) => event.type === 'response.output_text.delta');
    const { response } = socket.events[0];
    return { socket, id: response.id };
  };
  const stampsOf = (model: string) => simulator.stamps().filter((stamp) => stamp.sessionId === `steer-${model}`);

  test('closing the socket stops the turn at once', async () => {
    const { socket } = await started('slow');
    socket.socket.terminate();
    await expect.poll(() => stampsOf('slow').length).toBe(1);
    expect(stampsOf('slow')[0]?.interrupted).toMatchObject({ how: 'closed', tokensAfter: 0 });
    expect(stampsOf('slow')[0]?.interrupted?.tokensSaved).toBeGreaterThan(50);
  });

  test('response.steer ends the response as steered and a successor answers the new input', async () => {
    const { socket, id } = await started('slow');
    const start = socket.events.length;
    socket.send({ type: 'response.steer', previous_response_id: id, input: redirect.instruction });
    const completed = await socket.next((event) => event.type === 'response.completed', start);
    const types = socket.events.map((event) => event.type);
    const accepted = socket.events[types.indexOf('response.steer.accepted')];
    expect(accepted.steer).toMatchObject({ id: expect.stringMatching(/^steer_/), previous_response_id: id });
    const incomplete = socket.events[types.indexOf('response.incomplete')];
    expect(incomplete.response).toMatchObject({ id, incomplete_details: { reason: 'steered' } });
    expect(incomplete.response.usage.output_tokens).toBe(stampsOf('slow').at(-2)?.tokens);
    expect(types.slice(types.indexOf('response.steer.accepted'))).not.toContain('response.failed');
    expect(completed.response).toMatchObject({ previous_response_id: id });
    expect(completed.response.output[0].content[0].text).toBe('As you wish.');
    expect(stampsOf('slow').at(-2)?.interrupted).toMatchObject({ how: 'steered', tokensAfter: 0 });
    expect(stampsOf('slow').at(-1)).toMatchObject({ task: 'suite/farewell', turnIndex: 0 });
  });

  test('with the item as boundary the open item is finished first', async () => {
    const { socket, id } = await started('by-item');
    socket.send({ type: 'response.steer', previous_response_id: id, input: redirect.instruction });
    const incomplete = await socket.next((event) => event.type === 'response.incomplete');
    expect(incomplete.response.output).toHaveLength(1);
    expect(incomplete.response.output[0].content[0].text).toBe('word '.repeat(150));
    expect(stampsOf('by-item')[0]?.interrupted?.tokensAfter).toBeGreaterThan(100);
  });

  test('steering into a tool call waits for its result', async () => {
    const short = { ...opening, model: 'by-item', input: script.instruction };
    const socket = await open('/v1/responses', { 'x-session-id': 'steer-late' });
    socket.send({ type: 'response.create', ...short });
    const begun = await socket.next((event) => event.type === 'response.function_call_arguments.delta');
    expect(begun).toBeDefined();
    const { id } = socket.events[0].response;
    socket.send({ type: 'response.steer', previous_response_id: id, input: redirect.instruction });
    const pending = await socket.next((event) => event.type === 'response.steer.pending');
    expect(pending.required_input).toEqual([{ type: 'function_call_output', call_id: expect.any(String) }]);
    const answer = await socket.create({
      ...short,
      previous_response_id: id,
      input: [{ ...pending.required_input[0], output: 'a' }],
    });
    expect(answer.response.output[0].content[0].text).toBe('As you wish.');
  });

  test('a response that is over cannot be steered', async () => {
    const socket = await open();
    const { response } = await socket.create(opening);
    socket.send({ type: 'response.steer', previous_response_id: response.id, input: 'x' });
    const failed = await socket.next((event) => event.type === 'response.steer.failed');
    expect(failed).toMatchObject({
      steer: { previous_response_id: response.id, input: 'x' },
      error: { code: 'response_not_active' },
    });
  });
});
