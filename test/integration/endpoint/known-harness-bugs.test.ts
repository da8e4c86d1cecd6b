import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/domain/time.ts';
import { callModel } from '../../../src/endpoint/call-model.ts';
import { collectReply } from '../../../src/endpoint/collect-reply.ts';
import type { EndpointParts } from '../../../src/endpoint/compose.ts';
import { createRateLimiter } from '../../../src/endpoint/limits/rate-limiter.ts';
import { createRetryPolicy } from '../../../src/endpoint/limits/retry.ts';
import { messages } from '../../../src/endpoint/protocol/messages/protocol.ts';
import { decodeTokensPerSecond, type TurnTiming, timingOf } from '../../../src/measure/turn-timing.ts';
import { systemClock } from '../../../src/run/metering/clock.ts';
import { chunk, done, finishChunk, roleChunk, usageChunk } from '../../support/chat-frames.ts';
import { anEndpoint, aRequest, neverAborted } from '../../support/endpoints.ts';
import { type Answer, eventStream, frame, pause, startRawServer } from '../../support/raw-server.ts';

/** Every bug here was found in a published benchmark; its place is named. Each test fails with the bug in. The list: test/unit/endpoint/known-harness-bugs.test.ts. */

const signal = neverAborted;

const ask = async (answer: Answer, parts: Partial<EndpointParts> = {}) => {
  await using server = await startRawServer(answer);
  await using endpoint = anEndpoint(server.address, parts);
  const collected = await collectReply(endpoint.stream(aRequest(), { signal }), { endpoint: 'e' });
  if (collected.turn === undefined) throw new Error('no turn');
  const timing: TurnTiming = timingOf(collected.turn);
  return { collected, turn: collected.turn, timing, ttftMs: timing.ttftMs ?? Number.NaN };
};

/** Writes strings; numbers are pauses in milliseconds. */
const stream =
  (...script: readonly (string | number)[]): Answer =>
  async (response) => {
    response.writeHead(200, eventStream);
    for (const step of script) {
      if (typeof step === 'number') await pause(step);
      else response.write(step);
    }
    response.end();
  };

const text = (content: string): string => chunk({ content });
const usage = (output: number, details = {}): string =>
  usageChunk({ prompt_tokens: 1, completion_tokens: output, ...details });

describe('the time to the first token', () => {
  it('is not stopped by a role-only or empty chunk (vLLM #15106)', async () => {
    const { ttftMs } = await ask(stream(roleChunk(), chunk({ content: '' }), 80, text('a'), finishChunk(), done()));
    expect(ttftMs).toBeGreaterThanOrEqual(79);
  });

  it('is stopped by reasoning under either name (guidellm #737, genai-bench #81, AIPerf #391)', async () => {
    for (const channel of ['reasoning', 'reasoning_content']) {
      const { timing } = await ask(stream(chunk({ [channel]: 'Hm' }), 250, text('a'), finishChunk(), done()));
      expect(timing.ttftMs).toBeLessThan(200);
      expect((timing.ttfoMs ?? 0) - (timing.ttftMs ?? 0)).toBeGreaterThan(120);
    }
  });

  it('is stopped by tool arguments, not by nothing, when a tool call is all there is', async () => {
    const call = (fields: unknown) => chunk({ tool_calls: [{ index: 0, ...(fields as object) }] });
    const named = call({ id: 'c', function: { name: 'bash', arguments: '' } });
    const { ttftMs } = await ask(stream(named, 60, call({ function: { arguments: '{}' } }), finishChunk(), done()));
    expect(ttftMs).toBeGreaterThanOrEqual(59);
  });

  it('is not stopped by message_start or ping', async () => {
    const start = frame({ type: 'message_start', message: { id: 'a', usage: { input_tokens: 3 } } }, 'message_start');
    const open = frame({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } });
    const delta = frame({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'a' } });
    const answer = stream(start, frame({ type: 'ping' }, 'ping'), open, 80, delta, frame({ type: 'message_stop' }));
    const { ttftMs } = await ask(answer, { protocol: messages });
    expect(ttftMs).toBeGreaterThanOrEqual(79);
  });

  it('is not overwritten by the trailing usage chunk (genai-bench #44)', async () => {
    const { ttftMs } = await ask(stream(text('a'), finishChunk(), 250, usage(1), done()));
    expect(ttftMs).toBeLessThan(200);
  });

  it('has no hidden retry and no back-off in it (vendor SDKs)', async () => {
    let request = 0;
    await using server = await startRawServer(async (response) => {
      request += 1;
      if (request === 1) return response.writeHead(500).end();
      return stream(
        text('a'),
        finishChunk(),
        done(),
      )(response, { method: '', path: '', headers: {}, body: '', earlierOnConnection: 0 });
    });
    await using endpoint = anEndpoint(server.address);
    const limiter = createRateLimiter({}, systemClock);
    const retry = createRetryPolicy(1, { firstWaitMs: 800 });
    const call = await callModel(endpoint, aRequest(), { limiter, retry, clock: systemClock, signal });
    expect(call.failedTries).toHaveLength(1);
    expect(call.turn === undefined ? Number.NaN : timingOf(call.turn).ttftMs).toBeLessThan(350);
  });

  it('belongs to a connection that is reused, and says so, instead of a new one each time (LLMPerf)', async () => {
    await using server = await startRawServer(stream(text('a'), finishChunk(), done()));
    await using endpoint = anEndpoint(server.address);
    const collect = () => collectReply(endpoint.stream(aRequest(), { signal }), { endpoint: 'e' });
    await collect();
    expect((await collect()).turn?.connection).toEqual({ reused: true });
  });
});

describe('the duration', () => {
  it('ends with the answer, not with the trailing usage chunk (tokenomics c272fa1)', async () => {
    const { timing, turn } = await ask(stream(text('a'), 40, text('b'), finishChunk(), 300, usage(2), done()));
    expect(timing.durationMs).toBeLessThan(250);
    expect(turn.usage.output).toBe(2);
  });

  it('ends with the content where no finish was said', async () => {
    const { timing } = await ask(stream(text('a'), 40, text('b'), 300, usage(2), done()));
    expect(timing.durationMs).toBeLessThan(250);
  });
});

describe('tokens a second', () => {
  const hundred = (perChunk: number): readonly (string | number)[] =>
    Array.from({ length: 100 / perChunk }, () => [text('word'.repeat(perChunk)), 4 * perChunk]).flat();

  it('count tokens, not chunks (AIPerf #291, vLLM #42661; Cerebras sends several tokens in an event)', async () => {
    const { timing } = await ask(stream(...hundred(10), finishChunk(), usage(100), done()));
    expect(timing.tokensPerChunk).toBe(10);
    const one = await ask(stream(...hundred(5), finishChunk(), usage(100), done()));
    const ratio = (timing.decodeTokensPerSecond ?? 0) / (one.timing.decodeTokensPerSecond ?? 0);
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.6);
  });

  it('lie apart by the time between tokens, not by that between chunks (inference-perf #410, #564, vLLM #28183)', async () => {
    const { timing } = await ask(stream(...hundred(20), finishChunk(), usage(100), done()));
    // Four gaps of 80 ms between chunks, 99 between tokens.
    expect(timing.interTokenMs).toBeGreaterThan(2.8);
    expect(timing.interTokenMs).toBeLessThan(8);
  });

  it("are the server's count, not one of our own by another model's vocabulary (LLMPerf)", async () => {
    const words = text(' word'.repeat(20));
    const { timing, turn } = await ask(stream(words, 50, words, finishChunk(), usage(200), done()));
    expect(turn.usage.output).toBe(200);
    expect(timing.decodeTokensPerSecond).toBeGreaterThan(500);
  });

  it('of one stream are its own, whatever another does meanwhile (d-inference #475)', async () => {
    const every = (gapMs: number) =>
      ask(stream(...Array.from({ length: 12 }, () => [text('w'), gapMs]).flat(), finishChunk(), usage(12), done()));
    const [quick, slow] = await Promise.all([every(20), every(80)]);
    const ratio = (quick.timing.decodeTokensPerSecond ?? 0) / (slow.timing.decodeTokensPerSecond ?? 1);
    expect(ratio).toBeGreaterThan(2);
    expect(ratio).toBeLessThan(6);
  });

  it('are not inflated by a bundled first chunk (AIPerf #1279)', async () => {
    const tail = Array.from({ length: 10 }, () => [20, text('word')]).flat();
    const { timing } = await ask(stream(text('word'.repeat(90)), ...tail, finishChunk(), usage(100), done()));
    expect(timing.decodeTokensPerSecond).toBeLessThan(55);
  });

  it('do not count reasoning twice (tokenomics c272fa1)', async () => {
    const details = { completion_tokens_details: { reasoning_tokens: 60 } };
    const { turn } = await ask(
      stream(chunk({ reasoning: 'Hm' }), text('a'), finishChunk(), usage(100, details), done()),
    );
    expect(turn.usage.output).toBe(100);
  });

  it('are not inflated by hidden reasoning', async () => {
    const details = { completion_tokens_details: { reasoning_tokens: 90 } };
    const answer = stream(80, text('a'), 100, text('b'), finishChunk(), usage(100, details), done());
    expect((await ask(answer)).timing.decodeTokensPerSecond).toBeLessThan(200);
  });

  it('of decoding leave the wait for the first token out (paseo #6850, guidellm)', async () => {
    const tail = Array.from({ length: 10 }, () => [10, text('w')]).flat();
    const { timing } = await ask(stream(500, text('w'), ...tail, finishChunk(), usage(11), done()));
    expect(timing.decodeTokensPerSecond).toBeGreaterThan(35);
    expect(timing.endToEndTokensPerSecond).toBeLessThan(30);
  });

  it('are unknown when a proxy delivers everything at once (LiteLLM #26102)', async () => {
    const { timing } = await ask(stream(60, text('a') + text('b') + text('c') + finishChunk() + usage(49) + done()));
    expect(timing.decodeTokensPerSecond).toBeUndefined();
    expect(timing.endToEndTokensPerSecond).toBeGreaterThan(0);
  });

  it('are unknown, not zero, without usage', async () => {
    const { timing, turn } = await ask(stream(text('a'), 20, text('b'), finishChunk(), done()));
    expect(turn.usage).toEqual({});
    expect(timing.decodeTokensPerSecond).toBeUndefined();
  });

  it('over many calls weigh each by its time (averages of rates)', async () => {
    const turnOf = async (gapMs: number) => {
      const tail = Array.from({ length: 4 }, () => [gapMs, text('w')]).flat();
      return (await ask(stream(text('w'), ...tail, finishChunk(), usage(5), done()))).turn;
    };
    const turns = [await turnOf(5), await turnOf(60)];
    const rates = turns.map((turn) => timingOf(turn).decodeTokensPerSecond ?? Number.NaN);
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
    expect(decodeTokensPerSecond(turns)).toBeLessThan(mean * 0.6);
  });

  it('take no notice of padding (OpenAI `obfuscation`)', async () => {
    const padded = (content: string) => chunk({ content }, { obfuscation: 'x'.repeat(500) });
    const { turn } = await ask(stream(padded('one'), 20, padded('two'), finishChunk(), usage(2), done()));
    expect(turn).toMatchObject({ contentCharacters: 6, firstChunkCharacters: 3, contentChunks: 2 });
  });
});

describe('stamps', () => {
  it('are taken when bytes arrive, not when somebody gets to them (openai SDK, asyncio loops)', async () => {
    await using server = await startRawServer(stream(text('a'), 30, text('b'), 30, text('c'), finishChunk(), done()));
    await using endpoint = anEndpoint(server.address);
    const stamps: number[] = [];
    for await (const event of endpoint.stream(aRequest(), { signal })) {
      if (event.type !== 'text-delta') continue;
      stamps.push(event.at);
      await pause(300);
    }
    const [first = 0, second = 0, third = 0] = stamps;
    expect((second - first) / 1e6).toBeLessThan(200);
    expect((third - second) / 1e6).toBeLessThan(200);
  });

  it('are taken before parsing: what came in one read shares a stamp (tokenomics c272fa1)', async () => {
    let ticks = 0;
    const clock: Clock = { now: () => (ticks += 1e6), wall: () => new Date() };
    const events = Array.from({ length: 50 }, (_, index) => text(`w${index}`)).join('');
    const { collected } = await ask(stream(events, 30, finishChunk(), done()), { clock });
    expect(new Set(collected.timeline.map(([offset]) => offset)).size).toBe(1);
    expect(collected.timeline).toHaveLength(50);
  });

  it('tell moments apart that are far less than a millisecond apart (tokenomics dad5ed0)', () => {
    const steps = Array.from({ length: 1000 }, () => systemClock.now()).map(
      (now, index, all) => now - (all[index - 1] ?? now),
    );
    expect(steps.every((step) => step >= 0)).toBe(true);
    expect(steps.filter((step) => step > 0 && step < 100_000).length).toBeGreaterThan(100);
  });

  it('do not follow the wall clock (autocannon, Harbor)', async () => {
    const jumping: Clock = { now: systemClock.now, wall: () => new Date(Math.random() * 1e12) };
    const { timing } = await ask(stream(text('a'), 40, text('b'), finishChunk(), done()), { clock: jumping });
    expect(timing.durationMs).toBeGreaterThanOrEqual(39);
    expect(timing.durationMs).toBeLessThan(1000);
  });
});

describe('what is called a success', () => {
  it('is not an error in mid-stream, as event or as data (tokenomics c272fa1)', async () => {
    const error = { error: { message: 'upstream died', type: 'server_error' } };
    for (const failing of [frame(error, 'error'), frame(error), frame(error.error, 'error')]) {
      const { collected } = await ask(stream(text('a'), failing, done()));
      expect(collected).toMatchObject({ outcome: 'failed', reply: { text: 'a' } });
    }
  });

  it('is not a stream that ends early in good order (opencode takes it as the answer)', async () => {
    expect((await ask(stream(text('a')))).collected).toMatchObject({
      outcome: 'failed',
      error: { fault: 'truncated' },
    });
    const cut = await ask(stream(text('a'), finishChunk()));
    expect(cut.collected).toMatchObject({ outcome: 'failed', error: { fault: 'truncated' } });
  });

  it('is any 2xx (tokenomics c272fa1)', async () => {
    const { collected } = await ask((response) =>
      response.writeHead(201, eventStream).end(text('a') + finishChunk() + done()),
    );
    expect(collected.outcome).toBe('complete');
  });
});

describe('the request', () => {
  it('asks for no compression and for usage, and waits for no acknowledgement', async () => {
    await using server = await startRawServer(stream(text('a'), finishChunk(), done()));
    await using endpoint = anEndpoint(server.address);
    await collectReply(endpoint.stream(aRequest(), { signal }), { endpoint: 'e' });
    const [sent] = server.received;
    expect(sent?.headers).toMatchObject({ 'accept-encoding': 'identity' });
    expect(sent?.headers).not.toHaveProperty('expect');
    expect(JSON.parse(sent?.body ?? '')).toMatchObject({ stream: true, stream_options: { include_usage: true } });
  });
});
