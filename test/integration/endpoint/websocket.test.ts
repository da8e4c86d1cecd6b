import { describe, expect, it } from 'vitest';
import { EndpointError } from '../../../src/domain/model/endpoint-error.ts';
import type { Message } from '../../../src/domain/model/message.ts';
import { collectReply } from '../../../src/endpoint/collect-reply.ts';
import type { EndpointParts } from '../../../src/endpoint/compose.ts';
import type { ModelEndpoint } from '../../../src/endpoint/endpoint.ts';
import { chatCompletions } from '../../../src/endpoint/protocol/chat-completions/protocol.ts';
import { responses } from '../../../src/endpoint/protocol/responses/protocol.ts';
import { websocket } from '../../../src/endpoint/transport/websocket/websocket.ts';
import { anEndpoint, aRequest, neverAborted } from '../../support/endpoints.ts';
import { eventually } from '../../support/eventually.ts';
import { type Script, type Step, send, startSseServer, startWebSocketServer } from '../../support/scripted-server.ts';
import { responsesEvent, responsesWire } from '../../support/wire/responses-wire.ts';

const parts = { protocol: responses, transport: websocket };
const usage = { input: 30, cachedInput: 10, output: 12 };
const outputText = (text: string) =>
  responsesEvent('response.output_item.done', {
    output_index: 1,
    item: { type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] },
  });
const say = (text: string): Step =>
  send(...responsesWire.opening, responsesWire.text(text), outputText(text), ...responsesWire.ending('stop', usage));

const user = (text: string): Message => ({ role: 'user', text });
const said = (text: string): Message => ({ role: 'assistant', text, reasoning: '', toolCalls: [] });
const call = (endpoint: ModelEndpoint, messages: readonly Message[], sessionId = 's') =>
  collectReply(endpoint.stream(aRequest({ messages, sessionId }), { signal: neverAborted }), { endpoint: 'e' });
const sent = (body: string | undefined) => JSON.parse(body ?? 'null');

describe('Responses over a persistent WebSocket', () => {
  it('sends the whole conversation once, then only what is new, over one connection', async () => {
    await using server = await startWebSocketServer((request) => [say(`answer ${request}`)]);
    await using endpoint = anEndpoint(server.address, parts);
    await call(endpoint, [user('one')]);
    const second = await call(endpoint, [user('one'), said('answer 0'), user('two')]);
    expect(second.reply.text).toBe('answer 1');
    expect(second.turn?.connection).toEqual({ reused: true });
    expect(sent(server.bodies[0])).toMatchObject({ type: 'response.create', model: 'asked-model', store: false });
    expect(sent(server.bodies[1])).toMatchObject({
      previous_response_id: 'answer-1',
      input: [{ role: 'user', content: [{ type: 'input_text', text: 'two' }] }],
    });
    expect(server.openedConnections()).toBe(1);
  });

  it('times the phases of a new connection', async () => {
    await using server = await startWebSocketServer(() => [say('hi')]);
    await using endpoint = anEndpoint(server.address, parts);
    const { turn } = await call(endpoint, [user('one')]);
    expect(turn?.connection).toMatchObject({ reused: false, tcpMs: expect.any(Number), upgradeMs: expect.any(Number) });
    expect(turn?.connection?.upgradeMs).toBeGreaterThan(0);
  });

  it('asks for no compression', async () => {
    await using server = await startWebSocketServer(() => [say('hi')]);
    await using endpoint = anEndpoint(server.address, parts);
    await call(endpoint, [user('one')]);
    expect(server.headers[0]).not.toHaveProperty('sec-websocket-extensions');
  });

  it('gives each session a connection of its own, and two for two calls at once', async () => {
    await using server = await startWebSocketServer(() => [{ do: 'pause', ms: 30 }, say('hi')]);
    await using endpoint = anEndpoint(server.address, parts);
    await Promise.all([
      call(endpoint, [user('a')], 's1'),
      call(endpoint, [user('b')], 's2'),
      call(endpoint, [user('c')], 's2'),
    ]);
    expect(server.openedConnections()).toBe(3);
    expect(new Set(server.headers.map((headers) => headers['x-session-id']))).toEqual(new Set(['s1', 's2']));
  });

  it('says everything again over a new connection after the old one was closed between two calls', async () => {
    await using server = await startWebSocketServer((request) => [
      say('hi'),
      ...(request === 0 ? [{ do: 'close' } as const] : []),
    ]);
    await using endpoint = anEndpoint(server.address, parts);
    await call(endpoint, [user('one')]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const second = await call(endpoint, [user('one'), said('hi'), user('two')]);
    expect(second.outcome).toBe('complete');
    expect(second.turn?.connection?.reused).toBe(false);
    expect(sent(server.bodies[1])).not.toHaveProperty('previous_response_id');
    expect(sent(server.bodies[1]).input).toHaveLength(3);
  });

  it.each([
    ['the server forgot the answer', 'previous_response_not_found'],
    ['the hour is over', 'websocket_connection_limit_reached'],
  ])('when %s: fails in sight, and the next try says everything over a new connection', async (_name, code) => {
    const refusal = { data: JSON.stringify({ type: 'error', status: 400, error: { code, message: 'gone' } }) };
    await using server = await startWebSocketServer((request) =>
      request === 1 ? [send(refusal), { do: 'stall' }] : [say('hi')],
    );
    await using endpoint = anEndpoint(server.address, parts);
    const messages = [user('one'), said('hi'), user('two')];
    await call(endpoint, [user('one')]);
    const failed = await call(endpoint, messages);
    expect(failed).toMatchObject({ outcome: 'failed', error: { fault: 'connection-lost', retryAfterMs: 0 } });
    const again = await call(endpoint, messages);
    expect(again.outcome).toBe('complete');
    expect(again.turn?.connection?.reused).toBe(false);
    expect(sent(server.bodies[2])).not.toHaveProperty('previous_response_id');
  });

  it('replaces a connection before it is too old, between two calls', async () => {
    const transport: EndpointParts['transport'] = (options) => websocket({ ...options, longestLifeMs: 40 });
    await using server = await startWebSocketServer(() => [say('hi')]);
    await using endpoint = anEndpoint(server.address, { ...parts, transport });
    await call(endpoint, [user('one')]);
    await new Promise((resolve) => setTimeout(resolve, 60));
    const second = await call(endpoint, [user('one'), said('hi'), user('two')]);
    expect(second.turn?.connection?.reused).toBe(false);
    expect(sent(server.bodies[1])).not.toHaveProperty('previous_response_id');
  });

  it('closes the connections of sessions that are over', async () => {
    const transport: EndpointParts['transport'] = (options) => websocket({ ...options, longestIdleMs: 40 });
    await using server = await startWebSocketServer(() => [say('hi')]);
    await using endpoint = anEndpoint(server.address, { ...parts, transport });
    await call(endpoint, [user('one')], 'over');
    await new Promise((resolve) => setTimeout(resolve, 60));
    await call(endpoint, [user('one')], 'next');
    await eventually(() => server.closedConnections() === 1);
    expect([server.openedConnections(), server.closedConnections()]).toEqual([2, 1]);
  });

  it('warms up without generating and chains the first call to it', async () => {
    const prepared = send(...responsesWire.opening.slice(0, 1), ...responsesWire.ending('stop', usage));
    await using server = await startWebSocketServer((request) => [request === 0 ? prepared : say('hi')]);
    await using endpoint = anEndpoint(server.address, parts);
    await endpoint.warmUp(aRequest({ sessionId: 's' }), { signal: neverAborted });
    const first = await call(endpoint, [user('one')]);
    expect(first.turn?.connection).toEqual({ reused: true });
    expect(sent(server.bodies[0])).toMatchObject({ generate: false, input: [] });
    expect(sent(server.bodies[1])).toMatchObject({ previous_response_id: 'answer-1' });
  });

  it('falls back to SSE after a 426, and says so in the turn', async () => {
    const script: Script = () => [say('over SSE')];
    await using server = await startSseServer((_request, body) =>
      body === '' ? [{ do: 'refuse', status: 426, body: 'Upgrade Required' }] : script(0, body),
    );
    await using endpoint = anEndpoint(server.address, parts);
    const refused = await call(endpoint, [user('one')]);
    expect(refused).toMatchObject({ outcome: 'failed', error: { fault: 'refused', status: 426, retryAfterMs: 0 } });
    const again = await call(endpoint, [user('one')]);
    expect(again.reply.text).toBe('over SSE');
    expect(again.turn?.connection).toMatchObject({ fallback: 'sse' });
  });

  it('stamps messages when they are read, not when somebody gets to them', async () => {
    await using server = await startWebSocketServer(() => [
      send(...responsesWire.opening, responsesWire.text('a')),
      { do: 'pause', ms: 150 },
      send(responsesWire.text('b'), ...responsesWire.ending('stop', usage)),
    ]);
    await using endpoint = anEndpoint(server.address, parts);
    const { timeline } = await call(endpoint, [user('one')]);
    const [first, second] = timeline;
    expect(((second?.[0] ?? 0) - (first?.[0] ?? 0)) / 1e6).toBeGreaterThan(75);
  });

  it('is refused to protocols that are not spoken over it', () => {
    expect(() => anEndpoint('http://127.0.0.1:1', { transport: websocket, protocol: chatCompletions })).toThrow(
      'not spoken over a WebSocket',
    );
  });

  it('reports a bad key as such', async () => {
    const body = JSON.stringify({ error: { message: 'Incorrect API key provided', code: 'invalid_api_key' } });
    await using server = await startWebSocketServer(() => [{ do: 'refuse', status: 401, body }]);
    await using endpoint = anEndpoint(server.address, parts);
    const failed = await call(endpoint, [user('one')]);
    if (failed.outcome !== 'failed' || !(failed.error instanceof EndpointError)) throw new Error('expected a failure');
    expect(failed.error).toMatchObject({ fault: 'authentication', status: 401, isRetryable: false });
  });
});
