import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StreamEvent } from '../../../../src/domain/model/stream.ts';
import type { Frame, Protocol } from '../../../../src/endpoint/endpoint.ts';
import { chatCompletions } from '../../../../src/endpoint/protocol/chat-completions/protocol.ts';
import { messages } from '../../../../src/endpoint/protocol/messages/protocol.ts';
import { responses } from '../../../../src/endpoint/protocol/responses/protocol.ts';
import { SseCall } from '../../../../src/endpoint/transport/sse-call.ts';
import { manualClock } from '../../../support/manual-clock.ts';
import { chatWire } from '../../../support/wire/chat-wire.ts';
import { messagesWire } from '../../../support/wire/messages-wire.ts';
import { responsesWire } from '../../../support/wire/responses-wire.ts';
import type { Payload, Wire } from '../../../support/wire/wire.ts';

const controller = { aborted: false, paused: false, reason: null, abort: () => {}, pause: () => {}, resume: () => {} };

/** What the transport makes of reads of exactly these bytes, without a socket. */
const framesOf = async (reads: readonly Uint8Array[]): Promise<readonly Frame[]> => {
  const { clock } = manualClock();
  const watch = {
    connect: () => {},
    onNextWrite: (known: (connection: { reused: boolean }) => void) => known({ reused: true }),
    readAt: clock.now,
    [Symbol.dispose]: () => {},
  };
  const timeouts = { connectMs: 1000, idleMs: 1000 };
  const call = new SseCall({ clock, timeouts, watch, signal: new AbortController().signal });
  call.onRequestStart(controller);
  call.onResponseStart(controller, 200, { 'content-type': 'text/event-stream' });
  for (const read of reads) call.onResponseData(controller, Buffer.from(read));
  call.onResponseEnd();
  return (await Array.fromAsync(call.frames)).flat();
};

const eventsOf = async (protocol: Protocol, reads: readonly Uint8Array[]): Promise<readonly StreamEvent[]> => {
  const decode = protocol.decoder();
  return (await framesOf(reads)).flatMap(decode);
};

const split = (bytes: Uint8Array, cuts: readonly number[]): readonly Uint8Array[] => {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((from, index) => bytes.subarray(from, places[index] ?? bytes.length));
};

const render = (payloads: readonly Payload[], lineEnd: string): Uint8Array => {
  const events = payloads.map(({ event, data }) => {
    const name = event === undefined ? '' : `event: ${event}${lineEnd}`;
    return `: keep-alive${lineEnd}${name}data: ${data}${lineEnd}${lineEnd}`;
  });
  return new TextEncoder().encode(events.join(''));
};

const conversation = (wire: Wire, texts: readonly string[]): readonly Payload[] => [
  ...wire.opening,
  wire.reasoning('Ünd nun 🙂?'),
  ...texts.map((text) => wire.text(text)),
  ...wire.noise,
  ...wire.toolCall({ id: 'call_1', name: 'bash' }, ['{"command":', '"echo 日本"}']),
  ...wire.ending('tool-calls', { input: 30, cachedInput: 10, output: 12 }),
];

const options = { model: 'm', settings: {} };
const dialects: readonly (readonly [string, Protocol, Wire])[] = [
  ['Chat Completions', chatCompletions(options), chatWire],
  ['Responses', responses(options), responsesWire],
  ['Messages', messages(options), messagesWire],
];

describe.each(dialects)('%s', (_name, protocol, wire) => {
  it('gives the same events for any chunking of the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), { maxLength: 5 }),
        fc.array(fc.nat(20_000), { maxLength: 40 }),
        fc.constantFrom('\n', '\r\n'),
        async (texts, cuts, lineEnd) => {
          const bytes = render(conversation(wire, texts), lineEnd);
          const whole = await eventsOf(protocol, [bytes]);
          expect(await eventsOf(protocol, split(bytes, cuts))).toEqual(whole);
          const said = whole.flatMap((event) => (event.type === 'text-delta' ? [event.text] : []));
          expect(said.join('')).toBe(texts.join(''));
          expect(whole.at(-1)?.type).toBe('end');
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives the same events byte by byte', async () => {
    const bytes = render(conversation(wire, ['é', '🙂🙂']), '\r\n');
    const whole = await eventsOf(protocol, [bytes]);
    expect(
      await eventsOf(
        protocol,
        [...bytes].map((byte) => Uint8Array.of(byte)),
      ),
    ).toEqual(whole);
  });

  it('never crashes on any cut of the stream: what came is kept, the rest is a truncation', async () => {
    const bytes = render(conversation(wire, ['one', 'two']), '\n');
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 3), async (length) => {
        const frames = await framesOf([bytes.subarray(0, length)]);
        const decode = protocol.decoder();
        const close = frames.at(-1);
        for (const frame of frames.slice(0, -1)) decode(frame);
        expect(() => close !== undefined && decode(close)).toThrow(/closed its stream before/);
      }),
    );
  });
});
