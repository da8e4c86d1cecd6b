import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { EndpointError } from '../../src/domain/model/endpoint-error.ts';
import { type CollectedReply, collectReply } from '../../src/endpoint/collect-reply.ts';
import type { EndpointParts } from '../../src/endpoint/compose.ts';
import type { ModelEndpoint } from '../../src/endpoint/endpoint.ts';
import { timingOf } from '../../src/measure/turn-timing.ts';
import { anEndpoint, aRequest, neverAborted, testKey } from '../support/endpoints.ts';
import { eventually } from '../support/eventually.ts';
import { type Script, type ScriptedServer, send } from '../support/scripted-server.ts';
import type { Wire } from '../support/wire/wire.ts';

export type EndpointUnderTest = {
  readonly parts: Pick<EndpointParts, 'protocol' | 'transport'>;
  readonly wire: Wire;
  readonly start: (script: Script) => Promise<ScriptedServer>;
};

const usage = { input: 30, cachedInput: 10, output: 12 };
const timeouts = { connectMs: 2000, idleMs: 400 };

/** What every protocol over every transport must do, at a real socket. */
export const endpointContract = (name: string, { parts, wire, start }: EndpointUnderTest): void => {
  const call = (endpoint: ModelEndpoint, signal = neverAborted): Promise<CollectedReply> =>
    collectReply(endpoint.stream(aRequest(), { signal }), { endpoint: 'under-test', signal });

  const answerTo = async (script: Script, more: Partial<EndpointParts> = {}): Promise<CollectedReply> => {
    await using server = await start(script);
    await using endpoint = anEndpoint(server.address, { ...parts, showsAllThinking: true, ...more });
    return await call(endpoint);
  };

  const failureOf = (collected: CollectedReply): EndpointError => {
    if (collected.outcome !== 'failed') throw new Error(`expected a failure, got ${collected.outcome}`);
    if (!(collected.error instanceof EndpointError)) throw collected.error;
    return collected.error;
  };

  const begin = [send(...wire.opening), send(wire.text('Hel'))];

  describe(name, () => {
    it('text: collects it with its usage, its ending and who served it', async () => {
      const collected = await answerTo(() => [
        ...begin,
        { do: 'pause', ms: 30 },
        send(...wire.noise, wire.text('lo')),
        send(...wire.ending('stop', usage)),
      ]);
      expect(collected.outcome).toBe('complete');
      expect(collected.reply).toEqual({ text: 'Hello', reasoning: '', toolCalls: [] });
      expect(collected.turn).toMatchObject({
        contentChunks: 2,
        contentCharacters: 5,
        firstChunkCharacters: 3,
        usage: { input: 30, cachedInput: 10, output: 12 },
        finish: { unified: 'stop' },
        served: { model: 'served-model', serviceTier: 'priority', responseId: 'answer-1' },
        connection: { reused: false },
      });
    });

    it('tool call: puts its arguments together, untouched', async () => {
      const collected = await answerTo(() => [
        send(...wire.opening, ...wire.toolCall({ id: 'call_7', name: 'bash' }, ['{"command":', '"echo \\"hé\\""}'])),
        send(...wire.ending('tool-calls', usage)),
      ]);
      expect(collected.outcome).toBe('complete');
      expect(collected.reply.toolCalls).toEqual([
        { id: 'call_7', name: 'bash', argumentsText: '{"command":"echo \\"hé\\""}' },
      ]);
      expect(collected.turn?.finish?.unified).toBe('tool-calls');
      expect(collected.timeline.map(([, , channel]) => channel)).toEqual(['tool', 'tool']);
    });

    it('reasoning: a channel of its own, which stops the clock of the first token but not of the first output', async () => {
      const collected = await answerTo(() => [
        send(...wire.opening),
        { do: 'pause', ms: 150 },
        send(wire.reasoning('Let me see. ')),
        { do: 'pause', ms: 150 },
        send(wire.text('Yes'), ...wire.ending('stop', usage)),
      ]);
      expect(collected.reply).toMatchObject({ text: 'Yes', reasoning: 'Let me see. ' });
      if (collected.turn === undefined) throw new Error('no turn');
      const { ttftMs = 0, ttfoMs = 0 } = timingOf(collected.turn);
      expect(ttftMs).toBeGreaterThan(149);
      expect(ttfoMs - ttftMs).toBeGreaterThan(75);
    });

    it('error in the stream: a failure with its kind, its words, its place, and what came before it', async () => {
      const message = `We are full, ${testKey}`;
      const collected = await answerTo(() => [...begin, send(wire.error({ type: 'overloaded_error', message }))]);
      const error = failureOf(collected);
      expect(error).toMatchObject({ fault: 'overloaded', endpointPhase: 'mid-stream', isRetryable: true });
      expect(error.message).toMatch(/under-test at http:\/\/127\.0\.0\.1:\d+\/v1.*We are full, \[key\]/);
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(testKey);
      expect(collected.reply.text).toBe('Hel');
      expect(collected.turn?.stamps.firstContent).toBeDefined();
      expect(collected.turn?.finish).toBeUndefined();
    });

    it('refusal: the status, the wait that is asked for, and the words', async () => {
      const body = JSON.stringify({ error: { message: 'Slow down', type: 'rate_limit_error' } });
      const collected = await answerTo(() => [{ do: 'refuse', status: 429, headers: { 'retry-after': '7' }, body }]);
      const error = failureOf(collected);
      expect(error).toMatchObject({ fault: 'rate-limited', status: 429, retryAfterMs: 7000 });
      expect(error.message).toContain('answered 429: Slow down');
    });

    it('cut: a connection lost in the middle is a failure that keeps what came', async () => {
      const collected = await answerTo(() => [...begin, { do: 'pause', ms: 20 }, { do: 'cut' }]);
      expect(failureOf(collected)).toMatchObject({ fault: 'connection-lost', endpointPhase: 'mid-stream' });
      expect(collected.reply.text).toBe('Hel');
    });

    it('truncation: an answer closed in good order before its end is a failure all the same', async () => {
      const collected = await answerTo(() => [...begin, { do: 'close' }]);
      expect(failureOf(collected)).toMatchObject({ fault: 'truncated', endpointPhase: 'terminal', isRetryable: true });
      expect(collected.reply.text).toBe('Hel');
    });

    it('malformed frame: a failure, not a crash and not an answer', async () => {
      const collected = await answerTo(() => [...begin, send({ data: '{"choices": [' }), { do: 'stall' }]);
      expect(failureOf(collected).fault).toBe('malformed');
    });

    it('stall: silence ends in a time-out', async () => {
      const collected = await answerTo(() => [...begin, { do: 'stall' }], { timeouts });
      const error = failureOf(collected);
      expect(error).toMatchObject({ fault: 'timeout', endpointPhase: 'mid-stream' });
      expect(error.message).toContain('nothing received for 400 ms');
      expect(collected.reply.text).toBe('Hel');
    });

    it('total: an answer that never ends is ended', async () => {
      const endless = Array.from(
        { length: 100 },
        () => [send(wire.text('x')), { do: 'pause', ms: 20 }] as const,
      ).flat();
      const collected = await answerTo(() => [...begin, ...endless], { timeouts: { ...timeouts, totalMs: 600 } });
      expect(failureOf(collected).message).toContain('not finished within 600 ms');
    });

    it('nobody there: refused, with the address', async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const { port } = server.address() as AddressInfo;
      await new Promise((resolve) => server.close(resolve));
      await using endpoint = anEndpoint(`http://127.0.0.1:${port}/v1`, parts);
      const error = failureOf(await call(endpoint));
      expect(error).toMatchObject({ fault: 'refused', endpointPhase: 'connect' });
      expect(error.message).toContain(`http://127.0.0.1:${port}/v1: could not be reached (ECONNREFUSED)`);
    });

    it('no handshake: connecting ends in a time-out', async () => {
      const silent = createServer(() => {}).listen(0, '127.0.0.1');
      await new Promise((resolve) => silent.once('listening', resolve));
      const { port } = silent.address() as AddressInfo;
      await using endpoint = anEndpoint(`https://127.0.0.1:${port}/v1`, {
        ...parts,
        timeouts: { ...timeouts, connectMs: 100 },
      });
      const error = failureOf(await call(endpoint));
      silent.close();
      expect(error).toMatchObject({ fault: 'timeout', endpointPhase: 'connect' });
    });

    it('interrupt: stops at once, keeps what came, frees the provider, and the next call is answered', async () => {
      await using server = await start((request) =>
        request === 0
          ? [...begin, { do: 'stall' }]
          : [send(...wire.opening, wire.text('Redirected'), ...wire.ending('stop', usage))],
      );
      await using endpoint = anEndpoint(server.address, parts);
      const controller = new AbortController();
      const { signal } = controller;
      const reason = new Error('steered');
      let abortedAt = Number.NaN;
      const steered = async function* () {
        for await (const event of endpoint.stream(aRequest(), { signal })) {
          yield event;
          if (event.type !== 'text-delta') continue;
          abortedAt = performance.now();
          controller.abort(reason);
        }
      };
      const collected = await collectReply(steered(), { endpoint: 'under-test', signal });
      expect(performance.now() - abortedAt).toBeLessThan(500);
      expect(collected).toMatchObject({ outcome: 'aborted', error: reason, reply: { text: 'Hel' } });
      await eventually(() => server.closedConnections() === 1);
      expect(server.closedConnections()).toBe(1);
      expect((await call(endpoint)).reply.text).toBe('Redirected');
    });

    it('leaving early ends the request', async () => {
      await using server = await start(() => [...begin, { do: 'stall' }]);
      await using endpoint = anEndpoint(server.address, parts);
      for await (const event of endpoint.stream(aRequest(), { signal: neverAborted })) {
        if (event.type === 'text-delta') break;
      }
      await eventually(() => server.closedConnections() === 1);
      expect(server.closedConnections()).toBe(1);
    });

    it('an aborted signal sends nothing', async () => {
      await using server = await start(() => [...begin, { do: 'stall' }]);
      await using endpoint = anEndpoint(server.address, parts);
      const collected = await call(endpoint, AbortSignal.abort(new Error('too late')));
      expect(collected.outcome).toBe('aborted');
      expect(server.openedConnections()).toBe(0);
    });

    it('follow-up: one connection serves calls that follow one another', async () => {
      await using server = await start(() => [send(...wire.opening, wire.text('a'), ...wire.ending('stop', usage))]);
      await using endpoint = anEndpoint(server.address, parts);
      const reused = [];
      for (let turn = 0; turn < 3; turn += 1) reused.push((await call(endpoint)).turn?.connection?.reused);
      expect(reused).toEqual([false, true, true]);
      expect(server.openedConnections()).toBe(1);
    });

    it('warm-up: the first call finds the connection open', async () => {
      await using server = await start(() => [send(...wire.opening, wire.text('a'), ...wire.ending('stop', usage))]);
      await using endpoint = anEndpoint(server.address, parts);
      await endpoint.warmUp(aRequest(), { signal: neverAborted });
      expect((await call(endpoint)).turn?.connection).toEqual({ reused: true });
    });

    it('shows the key to the provider and in no description', async () => {
      await using server = await start(() => [send(...wire.opening, ...wire.ending('stop', usage))]);
      await using endpoint = anEndpoint(server.address, parts);
      await call(endpoint);
      expect(JSON.stringify(server.headers[0])).toContain(testKey);
      expect(JSON.stringify(endpoint)).not.toContain(testKey);
    });

    it('context window: a request that cannot fit is refused before it is sent', async () => {
      await using server = await start(() => []);
      await using endpoint = anEndpoint(server.address, { ...parts, contextWindow: 1000 });
      const request = aRequest({ messages: [{ role: 'user', text: 'word '.repeat(2000) }] });
      const collected = await collectReply(endpoint.stream(request, { signal: neverAborted }), { endpoint: 'e' });
      expect(failureOf(collected)).toMatchObject({
        fault: 'context-overflow',
        endpointPhase: 'admission',
        isRetryable: false,
      });
      expect(server.openedConnections()).toBe(0);
    });
  });
};
