import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EndpointError } from '../../../../src/domain/model/endpoint-error.ts';
import type { RecordedStream } from '../../../../src/domain/model/recorded-stream.ts';
import type { StreamEvent } from '../../../../src/domain/model/stream.ts';
import type { Frame, Protocol } from '../../../../src/endpoint/endpoint.ts';
import { chatCompletions } from '../../../../src/endpoint/protocol/chat-completions/protocol.ts';
import { messages } from '../../../../src/endpoint/protocol/messages/protocol.ts';
import { responses } from '../../../../src/endpoint/protocol/responses/protocol.ts';
import { streamChooser } from '../../../../src/endpoint/recording/choose.ts';
import { createRecorder, recording } from '../../../../src/endpoint/recording/record.ts';
import { replaying } from '../../../../src/endpoint/recording/replay.ts';
import { systemClock } from '../../../../src/run/metering/clock.ts';
import { neverAborted } from '../../../support/endpoints.ts';
import {
  anEndpointDescription,
  aStream,
  encodedRequest,
  readFrames,
  transportOf,
} from '../../../support/recordings.ts';
import { chatWire } from '../../../support/wire/chat-wire.ts';
import { messagesWire } from '../../../support/wire/messages-wire.ts';
import { responsesWire } from '../../../support/wire/responses-wire.ts';
import type { Payload, Wire } from '../../../support/wire/wire.ts';

const options = { signal: neverAborted };

const record = async (batches: readonly (readonly Frame[])[], failure?: Error) => {
  const recorder = createRecorder();
  const transport = recording(transportOf(batches, failure), { recorder, endpoint: anEndpointDescription });
  const seen = await readFrames(transport.send(encodedRequest(), options));
  // As it is read again from a file.
  const streams: readonly RecordedStream[] = JSON.parse(JSON.stringify(recorder.take('session-1')));
  return { seen, streams };
};

const replay = (streams: readonly RecordedStream[], speed: number, request = encodedRequest()) =>
  readFrames(replaying({ choose: streamChooser(streams), clock: systemClock, speed }).send(request, options));

const withoutStamps = (events: readonly StreamEvent[]) => events.map(({ at: _at, ...event }) => event);

/** What a decoder makes of frames, and what it throws at the end of them. */
const decoded = (protocol: Protocol, frames: readonly Frame[]) => {
  const decode = protocol.decoder();
  const events: StreamEvent[] = [];
  try {
    for (const frame of frames) events.push(...decode(frame));
  } catch (error) {
    return { events: withoutStamps(events), error: String(error) };
  }
  return { events: withoutStamps(events), error: undefined };
};

const conversation = (wire: Wire, texts: readonly string[]): readonly Payload[] => [
  ...wire.opening,
  wire.reasoning('Und nun 🙂?'),
  ...texts.map((text) => wire.text(text)),
  ...wire.noise,
  ...wire.toolCall({ id: 'call_1', name: 'bash' }, ['{"command":', '"echo 日本"}']),
  ...wire.ending('tool-calls', { input: 30, cachedInput: 10, output: 12 }),
];

const protocolOptions = { model: 'm', settings: {} };
const dialects: readonly (readonly [string, Protocol, Wire])[] = [
  ['Chat Completions', chatCompletions(protocolOptions), chatWire],
  ['Responses', responses(protocolOptions), responsesWire],
  ['Messages', messages(protocolOptions), messagesWire],
];

describe.each(dialects)('%s', (_name, protocol, wire) => {
  it('recorded and replayed at once, however it was cut, gives the events it gave', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), { maxLength: 5 }),
        fc.array(fc.nat(40e6), { minLength: 1, maxLength: 30 }),
        fc.nat(40),
        async (texts, gaps, cut) => {
          let at = 1e12;
          const data = conversation(wire, texts).map(({ event, data: text }, index): Frame => {
            at += gaps[index % gaps.length] ?? 0;
            return { kind: 'data', at, event, data: text };
          });
          const begin: readonly Frame[] = [
            { kind: 'dispatch', at: 1e12 },
            { kind: 'connection', at: 1e12, connection: { reused: true } },
            { kind: 'headers', at: 1e12, status: 200, headers: { 'content-type': 'text/event-stream' } },
          ];
          const frames = [...begin, ...data.slice(0, cut), { kind: 'close', at } as const];
          const { seen, streams } = await record([frames.slice(0, 2), frames.slice(2)]);
          const replayed = await replay(streams, Number.POSITIVE_INFINITY);
          expect(seen.frames).toEqual(frames);
          expect(decoded(protocol, replayed.frames)).toEqual(decoded(protocol, frames));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a recording', () => {
  it('keeps the offsets of all frames, and not what is private in the headers', async () => {
    const headers = {
      'content-type': 'text/event-stream',
      'x-request-id': 'r',
      'set-cookie': 's',
      'openai-organization': 'o',
    };
    const { streams } = await record([
      [{ kind: 'dispatch', at: 5e9 }],
      [{ kind: 'headers', at: 5e9 + 20, status: 200, headers }],
      [{ kind: 'data', at: 5e9 + 70, data: '{}' }],
    ]);
    expect(streams).toMatchObject([
      { endpoint: 'spark', model: 'spark-1', sessionId: 'session-1', place: { turn: 0 } },
    ]);
    expect(streams[0]?.frames).toEqual([
      [0, { kind: 'dispatch' }],
      [20, { kind: 'headers', status: 200, headers: { 'content-type': 'text/event-stream', 'x-request-id': 'r' } }],
      [70, { kind: 'data', data: '{}' }],
    ]);
  });

  it('keeps how a stream broke, and the replay breaks alike', async () => {
    const failure = new EndpointError('rate-limited', 'answered 429: slow down', {
      phase: 'headers',
      status: 429,
      retryAfterMs: 1500,
    });
    const { seen, streams } = await record([[{ kind: 'dispatch', at: 1 }]], failure);
    expect(seen.error).toBe(failure);
    const { frames, error } = await replay(streams, 1);
    expect(frames.map(({ kind }) => kind)).toEqual(['dispatch']);
    expect(error).toMatchObject({
      fault: 'rate-limited',
      message: 'answered 429: slow down',
      endpointPhase: 'headers',
      status: 429,
      retryAfterMs: 1500,
      isRetryable: true,
    });
  });

  it('of a stream that the client left early ends in a cut, not in silence', async () => {
    const recorder = createRecorder();
    const frames: readonly Frame[] = [
      { kind: 'dispatch', at: 0 },
      { kind: 'data', at: 1, data: chatWire.text('Hel').data },
    ];
    const transport = recording(transportOf([frames, frames]), { recorder, endpoint: anEndpointDescription });
    for await (const _batch of transport.send(encodedRequest(), options)) break;
    const replayed = await replay(recorder.takeAll(), 1);
    expect(decoded(chatCompletions(protocolOptions), replayed.frames).error).toMatch(
      /closed its stream before \[DONE\]/,
    );
  });
});

describe('a replay', () => {
  it('keeps the recorded times exactly, or scales them', async () => {
    for (const [speed, expected] of [
      [1, [0, 10e6, 30e6, 31e6]],
      [2, [0, 5e6, 15e6, 15.5e6]],
      [Number.POSITIVE_INFINITY, [0, 0, 0, 0]],
    ] as const) {
      const place = { opening: 'any', turn: 0 };
      const transport = replaying({ choose: () => aStream({ place }), clock: systemClock, speed });
      const { frames } = await readFrames(transport.send(encodedRequest(), options));
      const start = frames[0]?.at ?? 0;
      expect(frames.map(({ at }) => at - start).map(Math.round)).toEqual(expected);
    }
  });

  it('never hands a frame on before its time, and stops when it is told to', async () => {
    const controller = new AbortController();
    const slow = aStream({
      frames: [
        [0, { kind: 'dispatch' }],
        [60_000e6, { kind: 'data', data: '{}' }],
      ],
    });
    const transport = replaying({ choose: () => slow, clock: systemClock, speed: 1 });
    const seen: Frame[] = [];
    const reading = (async () => {
      for await (const batch of transport.send(encodedRequest(), { signal: controller.signal })) {
        for (const frame of batch) expect(frame.at).toBeLessThanOrEqual(systemClock.now());
        seen.push(...batch);
        controller.abort(new Error('enough'));
      }
    })();
    await expect(reading).rejects.toThrow('enough');
    expect(seen.map(({ kind }) => kind)).toEqual(['dispatch']);
  });

  it('says so where nothing like it was recorded, and does not try again', async () => {
    const { error } = await replay([aStream()], 1);
    expect(error).toMatchObject({ fault: 'invalid-request', isRetryable: false });
    expect(String(error)).toMatch(/holds no answer to this turn/);
  });
});
