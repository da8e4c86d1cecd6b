import { describe, expect, it } from 'vitest';
import { callModel } from '../../../src/endpoint/call-model.ts';
import type { ModelEndpoint } from '../../../src/endpoint/endpoint.ts';
import { createRateLimiter, type RateLimiter, type RateLimits } from '../../../src/endpoint/limits/rate-limiter.ts';
import { createRetryPolicy, type RetryPolicy } from '../../../src/endpoint/limits/retry.ts';
import { ttftMs } from '../../../src/measure/turn-timing.ts';
import { systemClock } from '../../../src/run/metering/clock.ts';
import { anEndpoint, aRequest, neverAborted } from '../../support/endpoints.ts';
import { pause } from '../../support/raw-server.ts';
import { type Script, type Step, send, startSseServer } from '../../support/scripted-server.ts';
import { chatWire } from '../../support/wire/chat-wire.ts';

const usage = { input: 30, cachedInput: 0, output: 12 };
const answer: readonly Step[] = [send(...chatWire.opening, chatWire.text('ok'), ...chatWire.ending('stop', usage))];
const refuse = (status: number, headers: Record<string, string> = {}): readonly Step[] => [
  { do: 'refuse', status, headers, body: JSON.stringify({ error: { message: `status ${status}` } }) },
];

type More = { readonly limits?: RateLimits; readonly retry?: Partial<RetryPolicy>; readonly signal?: AbortSignal };
const caller = ({ limits = {}, retry = {}, signal = neverAborted }: More = {}) => {
  const limiter = createRateLimiter(limits, systemClock);
  const policy = createRetryPolicy(1, { firstWaitMs: 20, ...retry });
  return (endpoint: ModelEndpoint) =>
    callModel(endpoint, aRequest(), { limiter, retry: policy, clock: systemClock, signal });
};

const run = async (script: Script, more: More = {}) => {
  await using server = await startSseServer(script);
  await using endpoint = anEndpoint(server.address, { timeouts: { connectMs: 500, idleMs: 600 } });
  return { call: await caller(more)(endpoint), requests: server.bodies.length };
};

describe('callModel', () => {
  it('shows every failed try beside the turn, with its wait, and keeps both out of the time to the first token', async () => {
    const { call } = await run((request) => (request < 2 ? refuse(503) : answer), { retry: { firstWaitMs: 400 } });
    expect(call.outcome).toBe('complete');
    expect(call.turn?.failedTries.map(({ fault, status }) => [fault, status])).toEqual([
      ['overloaded', 503],
      ['overloaded', 503],
    ]);
    const [first, second] = call.failedTries;
    expect(first?.waitedMs).toBeGreaterThanOrEqual(200);
    expect(second?.waitedMs).toBeGreaterThanOrEqual(400);
    expect(call.turn?.stamps.dispatch).toBeGreaterThan((second?.failed ?? 0) + 399e6);
    expect(call.turn === undefined ? Number.NaN : ttftMs(call.turn)).toBeLessThan(200);
    expect(call.waits.filter(({ reason }) => reason === 'back-off')).toHaveLength(2);
  });

  it('waits as long as the provider asks', async () => {
    const { call } = await run((request) => (request === 0 ? refuse(429, { 'retry-after-ms': '150' }) : answer));
    const [wait] = call.waits.filter(({ reason }) => reason === 'back-off');
    expect(((wait?.to ?? 0) - (wait?.from ?? 0)) / 1e6).toBeGreaterThanOrEqual(149);
    expect(call.failedTries[0]?.waitedMs).toBeGreaterThanOrEqual(150);
  });

  it('does not wait an hour, however politely it is asked', async () => {
    const { call, requests } = await run(() => refuse(429, { 'retry-after': '3600' }));
    expect(call).toMatchObject({ outcome: 'failed', error: { fault: 'rate-limited', retryAfterMs: 3_600_000 } });
    expect(requests).toBe(1);
  });

  it.each([400, 401, 404])('does not repeat what status %i refuses', async (status) => {
    const { call, requests } = await run(() => refuse(status));
    expect(call.outcome).toBe('failed');
    expect(requests).toBe(1);
  });

  it("takes the provider's word on whether to try again", async () => {
    expect((await run(() => refuse(500, { 'x-should-retry': 'false' }))).requests).toBe(1);
    const { call } = await run((request) => (request === 0 ? refuse(400, { 'x-should-retry': 'true' }) : answer));
    expect(call.outcome).toBe('complete');
  });

  it('gives up after the last try, with what the last one left', async () => {
    const half: readonly Step[] = [
      send(...chatWire.opening, chatWire.text('half')),
      { do: 'pause', ms: 20 },
      { do: 'cut' },
    ];
    const { call, requests } = await run(() => half, { retry: { tries: 3 } });
    expect(requests).toBe(3);
    expect(call).toMatchObject({ outcome: 'failed', error: { fault: 'connection-lost' }, reply: { text: 'half' } });
    expect(call.failedTries).toHaveLength(2);
    expect(call.turn?.failedTries).toHaveLength(2);
    expect(call.turn?.failure).toMatchObject({ fault: 'connection-lost' });
  });

  it.each<[string, readonly Step[], string]>([
    ['a stall', [send(...chatWire.opening), { do: 'stall' }], 'timeout'],
    ['a truncation', [send(...chatWire.opening, chatWire.text('a')), { do: 'close' }], 'truncated'],
    ['a malformed frame', [send({ data: '{' }), { do: 'close' }], 'malformed'],
    ['an error in the stream', [send(chatWire.error({ type: 'x', message: 'y' }))], 'stream-error'],
    ['a server error', refuse(500), 'server-error'],
    ['529', refuse(529), 'overloaded'],
  ])('gets over %s', async (_name, steps, fault) => {
    const { call } = await run((request) => (request === 0 ? steps : answer));
    expect(call).toMatchObject({ outcome: 'complete', reply: { text: 'ok' } });
    expect(call.failedTries).toMatchObject([{ fault }]);
  });

  it('ends a back-off at once when the caller has enough', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('enough')), 60);
    const before = performance.now();
    const { call } = await run(() => refuse(429, { 'retry-after': '30' }), { signal: controller.signal });
    expect(performance.now() - before).toBeLessThan(1000);
    expect(call).toMatchObject({ outcome: 'aborted', error: new Error('enough') });
    expect(call.failedTries).toHaveLength(1);
  });

  it('reports the wait for a place apart from the call', async () => {
    await using server = await startSseServer(() => [{ do: 'pause', ms: 300 }, ...answer]);
    await using endpoint = anEndpoint(server.address);
    const call = caller({ limits: { concurrency: 1 } });
    const [first, second] = await Promise.all([call(endpoint), call(endpoint)]);
    expect(first?.admissionWaitMs).toBeLessThan(150);
    expect(second?.admissionWaitMs).toBeGreaterThan(295);
    expect(second?.turn === undefined ? Number.NaN : ttftMs(second.turn)).toBeLessThan(550);
  });

  it('reserves what a call may take of the tokens, for each try, and gives back what it did not', async () => {
    const reserved: number[] = [];
    const used: (number | undefined)[] = [];
    const limiter: RateLimiter = {
      admit: async (tokens) => {
        reserved.push(tokens);
        return { release: (usedTokens) => void used.push(usedTokens) };
      },
    };
    await using server = await startSseServer((request) => (request === 0 ? refuse(503) : answer));
    await using endpoint = anEndpoint(server.address);
    const options = {
      limiter,
      retry: createRetryPolicy(1, { firstWaitMs: 1 }),
      clock: systemClock,
      signal: neverAborted,
    };
    const messages = [{ role: 'user', text: 'x'.repeat(3000) }] as const;
    await callModel(endpoint, aRequest({ messages }), { ...options, maxOutputTokens: 400 });
    await callModel(endpoint, aRequest({ messages, maxOutputTokens: 50 }), { ...options, maxOutputTokens: 400 });
    await callModel(endpoint, aRequest({ messages }), options);
    expect(reserved).toEqual([1400, 1400, 1050, 2000]);
    // A refused try says nothing of its tokens: they stay reserved.
    expect(used).toEqual([undefined, 42, 42, 42]);
  });

  it('gives its place back when a call fails', async () => {
    await using server = await startSseServer((request) => (request === 0 ? refuse(400) : answer));
    await using endpoint = anEndpoint(server.address);
    const call = caller({ limits: { concurrency: 1 } });
    await call(endpoint);
    const second = await Promise.race([call(endpoint), pause(2000)]);
    expect(second).toMatchObject({ outcome: 'complete' });
  });
});
