import { connect } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../../../src/simulator/server.ts';
import { aProfile, aScript } from '../../support/simulator.ts';
import { openSocket } from './socket.ts';
import { payloadsOf, post } from './wire.ts';

const script = aScript({
  attempts: [{ name: 'only', style: 'careful', turns: [{ text: 'word '.repeat(40) }] }],
});
const fast = { ttft: { distribution: 'constant', ms: 10 }, rate: { tokens_per_second: 5000 } };
const chat = { model: 'sim-test', stream: true, messages: [{ role: 'user', content: script.instruction }] };
const responses = { model: 'sim-test', stream: true, input: script.instruction, store: false };
const messages = { ...chat, max_tokens: 1000 };

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({
    attempts: [script],
    profiles: [
      aProfile(fast),
      aProfile({ ...fast, name: 'third-fails', faults: [{ kind: 'http_error', status: 529, on_request: 3 }] }),
      aProfile({ ...fast, name: 'limited', rate_limits: { requests_per_minute: 2, headers: 'cerebras' } }),
      aProfile({
        ...fast,
        name: 'queued',
        rate_limits: { tokens_per_minute: 6000, reserve: 'max_tokens', when_exceeded: 'queue' },
        server_timing: 'cerebras',
      }),
    ],
  });
});
afterAll(() => simulator[Symbol.asyncDispose]());

const ask = (fault: string, body: object = chat, path = '/chat/completions', more = {}) =>
  post(`${simulator.url}${path}`, body, { 'x-simulate-fault': fault, ...more });
const knob = (profile: object, body: object = chat, more = {}) =>
  post(`${simulator.url}/chat/completions`, body, { 'x-simulate-profile': JSON.stringify(profile), ...more });
const textOf = (text: string) =>
  payloadsOf(text)
    .map((chunk) => chunk.choices?.[0]?.delta.content ?? '')
    .join('');

describe('before the stream', () => {
  test.each([
    ['seconds', { 'retry-after': '2' }],
    ['milliseconds', { 'retry-after-ms': '1500' }],
    ['date', { 'retry-after': expect.stringMatching(/ GMT$/) }],
    ['reset', { 'x-ratelimit-reset-requests': '1.5s' }],
    ['reset_minute', { 'x-ratelimit-reset-requests-minute': '1.5' }],
    ['anthropic_reset', { 'anthropic-ratelimit-requests-reset': expect.stringMatching(/Z$/) }],
  ])('429 that says when to come back as %s', async (form, headers) => {
    const answer = await ask(`http_error; status=429; retry_after=${form}; retry_after_ms=1500`);
    expect(answer).toMatchObject({ status: 429, headers });
  });

  test('429 that says it in its message only', async () => {
    const answer = await ask('http_error; status=429; retry_after=message; retry_after_ms=1500');
    expect(JSON.parse(answer.text).error.message).toContain('Please try again in 1.5s.');
    expect(Object.keys(answer.headers).filter((name) => /retry|reset/.test(name))).toEqual([]);
  });

  test('errors of the server in each protocol’s words', async () => {
    expect(await ask('http_error; status=503')).toMatchObject({ status: 503 });
    const overloaded = await ask('http_error; status=529', messages, '/messages');
    expect(JSON.parse(overloaded.text)).toMatchObject({ type: 'error', error: { type: 'overloaded_error' } });
    const overflow = await ask('context_overflow', responses, '/responses');
    expect(JSON.parse(overflow.text).error.code).toBe('context_length_exceeded');
  });

  test('slow headers delay the headers, not only the content', async () => {
    const startNs = Number(process.hrtime.bigint());
    const answer = await ask('slow_headers; ms=150');
    expect((answer.reads[0]?.[0] ?? 0) - startNs).toBeGreaterThan(150e6);
    expect(simulator.stamps().at(-1)).toMatchObject({ fault: 'slow_headers' });
  });

  test('a reset breaks the connection; a hang answers nothing', async () => {
    await expect(ask('reset')).rejects.toMatchObject({ code: 'ECONNRESET' });
    const signal = AbortSignal.timeout(200);
    const hung = fetch(`${simulator.url}/chat/completions`, {
      method: 'POST',
      body: JSON.stringify(chat),
      headers: { 'x-simulate-fault': 'hang' },
      signal,
    });
    await expect(hung).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('refused connections: the port is closed for a while, then open again', async () => {
    await expect(ask('refuse_connections; for_ms=300')).rejects.toMatchObject({ code: 'ECONNRESET' });
    await expect(ask('slow_headers; ms=0')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await expect
      .poll(
        () =>
          ask('slow_headers; ms=0').then(
            (answer) => answer.status,
            () => 0,
          ),
        { timeout: 3000 },
      )
      .toBe(200);
  });

  test('hanging connections are taken and not served', async () => {
    const request = ask('hang_connections; for_ms=400').catch((error: Error) => error);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const socket = connect(simulator.port, '127.0.0.1');
    const heard: string[] = [];
    socket.on('data', (data) => heard.push(String(data)));
    socket.on('error', () => {});
    socket.write('GET /v1/models HTTP/1.1\r\nhost: x\r\n\r\n');
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(heard).toEqual([]);
    socket.destroy();
    expect((await ask('slow_headers; ms=0')).status).toBe(200);
    void request;
  });

  test('a fault can strike the n-th request or so many times a session', async () => {
    const statuses = [];
    for (let count = 0; count < 4; count += 1) {
      statuses.push((await post(`${simulator.url}/chat/completions`, { ...chat, model: 'third-fails' })).status);
    }
    expect(statuses).toEqual([200, 200, 529, 200]);
    const session = { 'x-session-id': 'twice' };
    const twice = [];
    for (let count = 0; count < 3; count += 1) {
      twice.push((await ask('http_error; status=500; times=2', chat, '/chat/completions', session)).status);
    }
    expect(twice).toEqual([500, 500, 200]);
  });

  test('a fault that does not exist is refused', async () => {
    expect(await ask('explode')).toMatchObject({ status: 400, text: expect.stringContaining('explode') });
  });
});

describe('in the stream', () => {
  const paths = [
    ['chat', '/chat/completions', chat, '[DONE]'],
    ['responses', '/responses', responses, 'response.completed'],
    ['messages', '/messages', messages, 'message_stop'],
  ] as const;

  test.each(paths)('%s: an error event, a clean cut, a reset', async (_, path, body, terminal) => {
    const failed = await ask('stream_error; after_tokens=5', body, path);
    expect(payloadsOf(failed.text).at(-1)).toMatchObject(
      path === '/responses' ? { type: 'error', code: 'server_error' } : { error: {} },
    );
    expect(failed.text).not.toContain(terminal);
    const cut = await ask('truncate; after_tokens=5', body, path);
    expect(cut).toMatchObject({ status: 200, complete: true });
    expect(cut.text).not.toContain(terminal);
    expect(simulator.stamps().at(-1)).toMatchObject({ tokens: 5, terminalWritten: undefined, fault: 'truncate' });
    const reset = await ask('reset_stream; after_tokens=5', body, path);
    expect(reset.complete).toBe(false);
    expect(reset.text).not.toContain(terminal);
  });

  test('without a stream it fails before its headers', async () => {
    const body = { ...chat, stream: false };
    expect(await ask('stream_error', body)).toMatchObject({
      status: 500,
      text: expect.stringContaining('server_error'),
    });
    await expect(ask('reset_stream', body)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await ask('stall; ms=50', body)).status).toBe(200);
  });

  test('a response can also fail as a response', async () => {
    const failed = await ask('stream_error; form=failed', responses, '/responses');
    expect(payloadsOf(failed.text).at(-1)).toMatchObject({
      type: 'response.failed',
      response: { status: 'failed', error: { code: 'server_error' } },
    });
  });

  test('a stall pauses and goes on; all of the text arrives', async () => {
    const answer = await ask('stall; after_tokens=5; ms=200');
    expect(textOf(answer.text)).toBe('word '.repeat(40));
    const { chunks = [] } = simulator.stamps().at(-1) ?? {};
    const gaps = chunks.slice(1).map((chunk, index) => chunk[0] - (chunks[index]?.[0] ?? 0));
    expect(Math.max(...gaps)).toBeGreaterThan(199e6);
  });

  test('a malformed frame stands in the middle of a whole stream', async () => {
    const { text } = await ask('malformed; after_tokens=5');
    const lines = text.split('\n').filter((line) => line.startsWith('data: '));
    const broken = lines.filter((line) => line !== 'data: [DONE]' && !line.endsWith('}'));
    expect(broken).toEqual(['data: {"simulated":"malformed']);
    expect(lines.at(-1)).toBe('data: [DONE]');
  });
});

describe('on a WebSocket', () => {
  const open = (fault: string) => openSocket(`${simulator.url}/responses`, { 'x-simulate-fault': fault });

  test('a refusal has the wrapped shape with its headers, a failing stream the other', async () => {
    const refused = await (await open('http_error; status=429; retry_after=seconds')).create(responses);
    expect(refused).toMatchObject({
      type: 'error',
      status: 429,
      error: { code: 'rate_limit_exceeded', headers: { 'retry-after': '1' } },
    });
    const failed = await (await open('stream_error')).create(responses);
    expect(failed).toMatchObject({ type: 'error', code: 'server_error', sequence_number: expect.any(Number) });
  });

  test('a cut closes cleanly, a reset does not', async () => {
    const cut = await open('truncate; after_tokens=5');
    expect(await cut.create(responses)).toBeUndefined();
    expect(cut.closed()).toEqual({ code: 1000 });
    const reset = await open('reset_stream; after_tokens=5');
    expect(await reset.create(responses)).toBeUndefined();
    expect(reset.closed()).toEqual({ code: 1006 });
  });

  test('a lost response is not found, and the whole context is taken again', async () => {
    const socket = await open('previous_response_not_found; times=1');
    const first = await socket.create(responses);
    const lost = await socket.create({ ...responses, previous_response_id: first.response.id, input: 'more' });
    expect(lost).toMatchObject({ type: 'error', error: { code: 'previous_response_not_found' } });
    expect(await socket.create(responses)).toMatchObject({ type: 'response.completed' });
  });
});

describe('knobs', () => {
  test('gzip only for a client that accepts it', async () => {
    const gzip = { chunks: { gzip: true } };
    expect((await knob(gzip, chat, { 'accept-encoding': 'identity' })).headers).not.toHaveProperty('content-encoding');
    const response = await new Promise<Buffer>((resolve, reject) => {
      const socket = connect(simulator.port, '127.0.0.1');
      const parts: Buffer[] = [];
      const body = JSON.stringify(chat);
      socket.on('data', (data) => parts.push(data));
      socket.on('end', () => resolve(Buffer.concat(parts)));
      socket.on('error', reject);
      socket.write(
        `POST /v1/chat/completions HTTP/1.0\r\nhost: x\r\naccept-encoding: gzip\r\nx-simulate-profile: ${JSON.stringify(gzip)}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      );
    });
    const split = response.indexOf('\r\n\r\n');
    expect(response.subarray(0, split).toString()).toMatch(/content-encoding: gzip/i);
    expect(textOf(gunzipSync(response.subarray(split + 4)).toString())).toBe('word '.repeat(40));
  });

  test('shapes of chunks: bundle, groups, empty and repeated deltas, comments, obfuscation', async () => {
    const chunks = {
      bundled_first_chunk: 8,
      tokens_per_event: 4,
      empty_deltas: true,
      repeated_role: true,
      repeated_finish: true,
    };
    const { text } = await knob({
      chunks: { ...chunks, comments: true, obfuscation: true, role_only_first_chunk: false },
    });
    const deltas = payloadsOf(text).map((chunk) => chunk.choices[0]?.delta ?? {});
    expect(deltas[0]).toEqual({ role: 'assistant', content: '' });
    expect(deltas[1]).toEqual({ role: 'assistant', content: 'word'.concat(' word'.repeat(7)) });
    expect(deltas[3].content).toBe(' word'.repeat(4));
    expect(payloadsOf(text).filter((chunk) => chunk.choices[0]?.finish_reason === 'stop')).toHaveLength(2);
    expect(text).toMatch(/^: /m);
    expect(payloadsOf(text)[0].obfuscation).toMatch(/^\w+$/);
    const plain = await knob(
      { chunks: { obfuscation: true } },
      { ...chat, stream_options: { include_obfuscation: false } },
    );
    expect(payloadsOf(plain.text)[0]).not.toHaveProperty('obfuscation');
  });

  test('usage can be late or absent', async () => {
    const body = { ...chat, stream_options: { include_usage: true } };
    await knob({ usage: { mode: 'late', late_ms: 120 } }, body);
    const { finishWritten = 0, terminalWritten = 0 } = simulator.stamps().at(-1) ?? {};
    expect(terminalWritten - finishWritten).toBeGreaterThan(119e6);
    const absent = await knob({ usage: { mode: 'absent' } }, body);
    expect(absent.text).not.toContain('prompt_tokens');
    expect(absent.text).toContain('[DONE]');
  });

  test.each([
    ['cerebras', (last: Record<string, never>) => last.time_info, { completion_time: 0.016 }],
    [
      'groq',
      (last: Record<string, { usage: object }>) => last.x_groq?.usage,
      { completion_time: 0.016, completion_tokens: 80 },
    ],
    ['llamacpp', (last: Record<string, never>) => last.timings, { predicted_n: 80, predicted_per_second: 5000 }],
  ])('%s states its own time', async (style, pick, expected) => {
    const body = { ...chat, stream_options: { include_usage: true } };
    const { text } = await knob({ server_timing: style }, body);
    const tokens = payloadsOf(text).at(-1).usage.completion_tokens;
    const scale = tokens / 80;
    const scaled = Object.fromEntries(
      Object.entries(expected).map(([key, value]) => [
        key,
        expect.closeTo(key === 'predicted_per_second' ? value : value * scale, 6),
      ]),
    );
    expect(pick(payloadsOf(text).at(-1))).toMatchObject(scaled);
  });

  test('OpenAI states it in a header', async () => {
    expect((await knob({ server_timing: 'openai' })).headers).toHaveProperty('openai-processing-ms');
  });
});

describe('rate limits', () => {
  test('beyond the limit 429, with the vendor’s headers on every answer', async () => {
    const limited = () => post(`${simulator.url}/chat/completions`, { ...chat, model: 'limited' });
    const [first, second, third] = [await limited(), await limited(), await limited()];
    expect(first.headers).toMatchObject({
      'x-ratelimit-limit-requests-minute': '2',
      'x-ratelimit-remaining-requests-minute': '1',
    });
    expect([second.status, third.status]).toEqual([200, 429]);
    expect(Number(third.headers['retry-after'])).toBeGreaterThan(25);
  });

  test('queueing delays the first token and is stated as queue time', async () => {
    // Six thousand tokens a minute may be used at once; the input on top of them has to wait.
    const body = { ...chat, model: 'queued', max_tokens: 6000, stream_options: { include_usage: true } };
    const { text } = await post(`${simulator.url}/chat/completions`, body);
    const last = payloadsOf(text).at(-1);
    const stamp = simulator.stamps().at(-1);
    expect(last.time_info.queue_time).toBeCloseTo(last.usage.prompt_tokens / 100, 6);
    expect((stamp?.firstContentWritten ?? 0) - (stamp?.received ?? 0)).toBeGreaterThan(last.time_info.queue_time * 1e9);
  });
});
