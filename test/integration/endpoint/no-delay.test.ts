import { spawn, spawnSync } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { collectReply } from '../../../src/endpoint/collect-reply.ts';
import { responses } from '../../../src/endpoint/protocol/responses/protocol.ts';
import { sse } from '../../../src/endpoint/transport/sse.ts';
import { websocket } from '../../../src/endpoint/transport/websocket/websocket.ts';
import { profileSchema } from '../../../src/simulator/profile.ts';
import { startSimulator } from '../../../src/simulator/server.ts';
import { anEndpoint, aRequest, neverAborted } from '../../support/endpoints.ts';

const profile = profileSchema.parse({
  name: 'asked-model',
  description: 'For a test',
  tier: 'other',
  ttft: { distribution: 'constant', ms: 1 },
  rate: { tokens_per_second: 1000 },
  styles: { careful: 1, hasty: 0 },
});
const attempts = [
  {
    task: 'greeting',
    instruction: 'Say hello.',
    attempts: [{ name: 'brief', style: 'careful' as const, turns: [{ text: 'Hello.' }] }],
  },
];

/** Node cannot ask the kernel for a socket's options; a child that inherits the socket can. */
const kernelSays = async (socket: Socket): Promise<string> => {
  const ask = 'import socket; print(socket.socket(fileno=3).getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))';
  const child = spawn('python3', ['-c', ask], { stdio: ['ignore', 'pipe', 'inherit', socket] });
  return child.stdout === null ? '' : (await text(child.stdout)).trim();
};

const python = spawnSync('python3', ['--version']).status === 0;

describe.runIf(python || process.env.CI === 'true').each([
  ['SSE', sse],
  ['WebSocket', websocket],
])('a request over %s', (_name, transport) => {
  it('does not wait for the acknowledgement of what was written before it', async () => {
    const sockets: Socket[] = [];
    const note = (message: unknown): void => {
      const { socket } = message as { readonly socket: unknown };
      if (socket instanceof Socket) sockets.push(socket);
    };
    subscribe('net.client.socket', note);
    try {
      await using simulator = await startSimulator({ profiles: [profile], attempts });
      await using endpoint = anEndpoint(simulator.url, { protocol: responses, transport });
      const { outcome } = await collectReply(endpoint.stream(aRequest(), { signal: neverAborted }), { endpoint: 'e' });
      expect(outcome).toBe('complete');
      const open = sockets.filter((socket) => !socket.destroyed);
      expect(open).toHaveLength(1);
      expect(await Promise.all(open.map(kernelSays))).toEqual(['1']);
    } finally {
      unsubscribe('net.client.socket', note);
    }
  });
});
