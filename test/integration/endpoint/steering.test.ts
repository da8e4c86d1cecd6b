import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../../src/domain/model/message.ts';
import type { Interruption } from '../../../src/domain/model/turn.ts';
import type { EndpointParts } from '../../../src/endpoint/compose.ts';
import { createRateLimiter } from '../../../src/endpoint/limits/rate-limiter.ts';
import { createRetryPolicy } from '../../../src/endpoint/limits/retry.ts';
import { chatCompletions } from '../../../src/endpoint/protocol/chat-completions/protocol.ts';
import { messages } from '../../../src/endpoint/protocol/messages/protocol.ts';
import { responses } from '../../../src/endpoint/protocol/responses/protocol.ts';
import { callSteered } from '../../../src/endpoint/steering/steered-call.ts';
import type { SteeringMode } from '../../../src/endpoint/steering/steering.ts';
import { sse } from '../../../src/endpoint/transport/sse.ts';
import { websocket } from '../../../src/endpoint/transport/websocket/websocket.ts';
import { systemClock } from '../../../src/run/metering/clock.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/server.ts';
import { anEndpoint, aRequest, neverAborted } from '../../support/endpoints.ts';
import { send, startWebSocketServer } from '../../support/scripted-server.ts';
import { aProfile, aScript } from '../../support/simulator.ts';
import { responsesWire } from '../../support/wire/responses-wire.ts';

const count = 'Count upwards until somebody stops you.';
const rather = 'No: say goodbye instead of counting.';
const whole = 400;
const scripts = [
  aScript({
    task: 'count',
    instruction: count,
    attempts: [{ name: 'only', style: 'careful', turns: [{ text: ' one', repeat: whole }] }],
  }),
  aScript({
    task: 'farewell',
    instruction: rather,
    attempts: [{ name: 'only', style: 'careful', turns: [{ text: 'Goodbye, then.' }, { text: 'Again goodbye.' }] }],
  }),
];

let simulator: Simulator;
beforeAll(async () => {
  const pace = { ttft: { distribution: 'constant', ms: 30 }, rate: { tokens_per_second: 1000 } };
  simulator = await startSimulator({
    attempts: scripts,
    profiles: [aProfile(pace), aProfile({ ...pace, name: 'by-item', websocket: { steer_boundary: 'item' } })],
  });
});
afterAll(() => simulator[Symbol.asyncDispose]());

const asked: Message = { role: 'user', text: count };
const redirected: Message = { role: 'user', text: rather };
const saidSoFar = (text: string): Message => ({ role: 'assistant', text, reasoning: '', toolCalls: [] });

type Case = {
  readonly name: string;
  readonly parts: Pick<EndpointParts, 'protocol' | 'transport'>;
  readonly transport: 'sse' | 'websocket';
  readonly mode: SteeringMode;
  readonly how: Interruption['how'];
  readonly model?: string;
};

const describeEndpoint = (transport: string, model: string) => ({
  id: 'under-test',
  model,
  protocol: 'any',
  transport,
  address: simulator.url,
  tier: 'unknown' as const,
  simulated: true,
});

const optionsOf = (mode: SteeringMode, sessionId: string, afterOutputTokens = 50) => ({
  mode,
  clock: systemClock,
  signal: neverAborted,
  limiter: createRateLimiter({}, systemClock),
  retry: createRetryPolicy(1, { tries: 3, firstWaitMs: 1 }),
  steering: {
    afterOutputTokens,
    redirect: ({ text }: { readonly text: string }) =>
      aRequest({ sessionId, messages: [asked, ...(text === '' ? [] : [saidSoFar(text)]), redirected] }),
  },
});

const ask = (sessionId: string) => aRequest({ sessionId, messages: [asked] });
const stampsOf = (session: string) => simulator.stamps().filter(({ sessionId }) => sessionId === session);

const cases: readonly Case[] = [
  {
    name: 'Chat Completions over SSE',
    parts: { protocol: chatCompletions, transport: sse },
    transport: 'sse',
    mode: 'abort',
    how: 'sse-abort',
  },
  {
    name: 'Messages over SSE',
    parts: { protocol: messages, transport: sse },
    transport: 'sse',
    mode: 'abort',
    how: 'sse-abort',
  },
  {
    name: 'Responses over SSE, which has no event for it',
    parts: { protocol: responses, transport: sse },
    transport: 'sse',
    mode: 'event',
    how: 'sse-abort',
  },
  {
    name: 'Responses over a WebSocket that is closed',
    parts: { protocol: responses, transport: websocket },
    transport: 'websocket',
    mode: 'abort',
    how: 'websocket-close',
  },
  {
    name: 'Responses over a WebSocket, by response.steer',
    parts: { protocol: responses, transport: websocket },
    transport: 'websocket',
    mode: 'event',
    how: 'steer-event',
  },
];

describe.each(cases)('$name', ({ parts, transport, mode, how }) => {
  it('stops the old answer, says what that cost, and gets the new one', async () => {
    const session = `${how} ${transport} ${mode} ${parts.protocol({ model: 'm', settings: {} }).name}`;
    await using endpoint = anEndpoint(simulator.url, {
      ...parts,
      description: describeEndpoint(transport, 'sim-test'),
    });
    const { interrupted, call } = await callSteered(endpoint, ask(session), optionsOf(mode, session));
    expect(call.outcome).toBe('complete');
    expect(call.reply.text).toBe('Goodbye, then.');
    if (interrupted === undefined) throw new Error('not interrupted');
    const { reply, turn } = interrupted;
    expect(reply.text.startsWith(' one one')).toBe(true);
    const { interruption } = turn;
    expect(interruption).toMatchObject({ how, refused: undefined, redirected: call.turn?.stamps.firstContent });
    if (interruption?.redirected === undefined) throw new Error('no interruption');
    const { decided, stopped, redirected: first, wastedTokens, lateTokens } = interruption;
    expect(decided).toBeLessThanOrEqual(stopped);
    expect(stopped).toBeLessThan(first);
    expect(wastedTokens).toBeGreaterThanOrEqual(50);
    expect(wastedTokens).toBeLessThan(whole);
    expect(lateTokens).toBeLessThanOrEqual(wastedTokens - 49);
    // The simulator's own truth: it stopped writing, and what it wrote is about what we think was wasted.
    const stamp = stampsOf(session).find(({ task }) => task === 'count');
    expect(stamp?.interrupted?.how).toBe(how === 'steer-event' ? 'steered' : 'closed');
    expect(stamp?.interrupted?.tokensSaved).toBeGreaterThan(0);
    expect(stamp?.tokens).toBeGreaterThanOrEqual(wastedTokens);
    if (how === 'steer-event') expect(wastedTokens).toBe(stamp?.tokens);
  });
});

describe('steering', () => {
  const socket = { protocol: responses, transport: websocket };
  const open = (model = 'sim-test') =>
    anEndpoint(simulator.url, { ...socket, description: describeEndpoint('websocket', model) });

  it('does nothing where the answer is over before', async () => {
    await using endpoint = open();
    const session = 'short';
    const { interrupted, call } = await callSteered(endpoint, ask(session), optionsOf('event', session, whole + 1));
    expect(interrupted).toBeUndefined();
    expect(call.reply.text).toBe(' one'.repeat(whole));
  });

  it('keeps the connection and its memory: the next turn sends what is new', async () => {
    await using endpoint = open();
    const session = 'goes-on';
    const { interrupted, call } = await callSteered(endpoint, ask(session), optionsOf('event', session));
    const history = [asked, saidSoFar(interrupted?.reply.text ?? ''), redirected, saidSoFar(call.reply.text)];
    const messages: readonly Message[] = [...history, { role: 'user', text: 'And?' }];
    const next = await callSteered(endpoint, aRequest({ sessionId: session, messages }), optionsOf('event', session));
    expect(next.call.turn?.connection).toEqual({ reused: true });
    expect(next.call.reply.text).toBe('Again goodbye.');
    expect(call.turn?.connection).toEqual({ reused: true });
  });

  it('lets an output item come to its end where the server does so, and counts that as late', async () => {
    await using endpoint = open('by-item');
    const session = 'by-item';
    const { interrupted, call } = await callSteered(endpoint, ask(session), optionsOf('event', session));
    expect(call.reply.text).toBe('Goodbye, then.');
    expect(interrupted?.turn.interruption).toMatchObject({ how: 'steer-event', wastedTokens: whole });
    expect(interrupted?.turn.interruption?.lateTokens).toBeGreaterThan(200);
  });

  it.each([
    [
      'refuses the event',
      [
        {
          event: 'error',
          data: '{"type":"error","status":400,"error":{"code":"unknown_event","message":"Unknown event type"}}',
        },
      ],
    ],
    [
      'cannot take it up any more',
      [
        ...responsesWire.ending('stop', { input: 1, cachedInput: 0, output: 60 }),
        {
          event: 'response.steer.failed',
          data: '{"type":"response.steer.failed","error":{"message":"The response is over."}}',
        },
      ],
    ],
  ])('asks anew over another connection where the server %s', async (_name, answerToSteer) => {
    const begin = send(...responsesWire.opening, ...Array.from({ length: 60 }, () => responsesWire.text('four')));
    const ending = responsesWire.ending('stop', { input: 1, cachedInput: 0, output: 9 });
    await using server = await startWebSocketServer((_request, body) => {
      if (body === '') return [];
      const { type, input } = JSON.parse(body);
      if (type === 'response.steer') return [send(...answerToSteer)];
      return input.length === 1
        ? [begin, { do: 'stall' }]
        : [send(...responsesWire.opening, responsesWire.text('New.'), ...ending)];
    });
    const description = { ...describeEndpoint('websocket', 'm'), address: server.address };
    await using endpoint = anEndpoint(server.address, { ...socket, description });
    const { interrupted, call } = await callSteered(endpoint, ask('s'), optionsOf('event', 's'));
    expect(call).toMatchObject({ outcome: 'complete', reply: { text: 'New.' } });
    expect(interrupted?.turn.interruption).toMatchObject({
      how: 'websocket-close',
      refused: expect.stringMatching(/./),
    });
    // The old request is not tried again: its instruction is no more.
    expect(server.bodies.map((body) => JSON.parse(body).type)).toEqual([
      'response.create',
      'response.steer',
      'response.create',
    ]);
    expect(server.openedConnections()).toBe(2);
  });

  it('does not wait for ever for a server that ignores the event', async () => {
    const ending = responsesWire.ending('stop', { input: 1, cachedInput: 0, output: 60 });
    const text = (count: number) => Array.from({ length: count }, () => responsesWire.text('four'));
    await using server = await startWebSocketServer((_request, body) => {
      if (body === '') return [];
      const { type, input } = JSON.parse(body);
      if (type === 'response.steer') return [];
      const isNew = input.length > 1;
      const said = isNew ? [responsesWire.text('New.')] : text(60);
      return [send(...responsesWire.opening, ...said), { do: 'pause', ms: 20 }, send(...ending)];
    });
    const description = { ...describeEndpoint('websocket', 'm'), address: server.address };
    await using endpoint = anEndpoint(server.address, { ...socket, description });
    const { interrupted, call } = await callSteered(endpoint, ask('s'), optionsOf('event', 's'));
    expect(call).toMatchObject({ outcome: 'complete', reply: { text: 'New.' } });
    expect(interrupted?.turn.interruption?.refused).toMatch(/did not begin the redirected answer/);
  });

  it('ends with the signal, wherever it stands', async () => {
    await using endpoint = open();
    const controller = new AbortController();
    const session = 'cancelled';
    const options = { ...optionsOf('event', session, 300), signal: controller.signal };
    const calling = callSteered(endpoint, ask(session), options);
    setTimeout(() => controller.abort(new Error('cancelled')), 100);
    const { interrupted, call } = await calling;
    expect(interrupted).toBeUndefined();
    expect(call.outcome).toBe('aborted');
  });
});
