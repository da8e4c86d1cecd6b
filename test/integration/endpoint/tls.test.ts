import { describe, expect, it } from 'vitest';
import { collectReply } from '../../../src/endpoint/collect-reply.ts';
import type { EndpointParts } from '../../../src/endpoint/compose.ts';
import { responses } from '../../../src/endpoint/protocol/responses/protocol.ts';
import { sse } from '../../../src/endpoint/transport/sse.ts';
import { websocket } from '../../../src/endpoint/transport/websocket/websocket.ts';
import { ttftMs } from '../../../src/measure/turn-timing.ts';
import { anEndpoint, aRequest, neverAborted } from '../../support/endpoints.ts';
import { send, startSseServer, startWebSocketServer } from '../../support/scripted-server.ts';
import { startTlsFront } from '../../support/tls-front.ts';
import { responsesWire } from '../../support/wire/responses-wire.ts';

const answer = [
  send(
    ...responsesWire.opening,
    responsesWire.text('secured'),
    ...responsesWire.ending('stop', { input: 3, cachedInput: 0, output: 1 }),
  ),
];

const ways = [
  ['SSE', sse, startSseServer, {}],
  ['a WebSocket', websocket, startWebSocketServer, { upgradeMs: expect.any(Number) }],
] as const;

describe.each(ways)('over %s with TLS', (_name, transport, start, more) => {
  const parts: Partial<EndpointParts> = { protocol: responses, transport };

  it('tells name look-up, TCP and TLS of a new connection apart, and that the next call reuses it', async () => {
    await using server = await start(() => answer);
    await using front = await startTlsFront(server.address);
    await using endpoint = anEndpoint(front.address, parts);
    const call = () => collectReply(endpoint.stream(aRequest(), { signal: neverAborted }), { endpoint: 'e' });
    const first = await call();
    expect(first.reply.text).toBe('secured');
    const phases = { dnsMs: expect.any(Number), tcpMs: expect.any(Number), tlsMs: expect.any(Number) };
    expect(first.turn?.connection).toEqual({ reused: false, ...phases, ...more });
    // A handshake is arithmetic and a round trip; the name and the loopback connection are next to nothing.
    expect(first.turn?.connection?.tlsMs).toBeGreaterThan(0.1);
    const { dnsMs = 0, tcpMs = 0, tlsMs = 0, upgradeMs = 0 } = first.turn?.connection ?? {};
    const { dispatch = 0, headers = 0 } = first.turn?.stamps ?? {};
    expect(Math.min(dnsMs, tcpMs, tlsMs, upgradeMs)).toBeGreaterThanOrEqual(0);
    expect(dnsMs + tcpMs + tlsMs + upgradeMs).toBeLessThanOrEqual((headers - dispatch) / 1e6);
    expect((await call()).turn?.connection).toEqual({ reused: true });
  });

  it('counts opening a connection into the first token of the call that needed it, and of no other', async () => {
    await using server = await start(() => answer);
    await using front = await startTlsFront(server.address, { handshakeAfterMs: 400 });
    await using endpoint = anEndpoint(front.address, parts);
    const ttft = async () => {
      const { turn } = await collectReply(endpoint.stream(aRequest(), { signal: neverAborted }), { endpoint: 'e' });
      if (turn === undefined) throw new Error('no turn');
      return { ttftMs: ttftMs(turn) ?? 0, tlsMs: turn.connection?.tlsMs };
    };
    const first = await ttft();
    expect(first.tlsMs).toBeGreaterThan(390);
    expect(first.ttftMs).toBeGreaterThan(first.tlsMs ?? 0);
    expect((await ttft()).ttftMs).toBeLessThan(390);
  });

  it('an unknown certificate is a refusal that names what is wrong', async () => {
    await using server = await start(() => answer);
    await using front = await startTlsFront(server.address);
    // The certificate is for another name.
    await using endpoint = anEndpoint(front.address.replace('localhost', '127.0.0.2'), parts);
    const failed = await collectReply(endpoint.stream(aRequest(), { signal: neverAborted }), { endpoint: 'e' });
    expect(failed).toMatchObject({ outcome: 'failed', error: { fault: 'refused', endpointPhase: 'connect' } });
  });
});
