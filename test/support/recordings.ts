import type { RecordedStream } from '../../src/domain/model/recorded-stream.ts';
import type { EndpointDescription } from '../../src/domain/run.ts';
import type { EncodedRequest, Frame, Transport } from '../../src/endpoint/endpoint.ts';
import { chatCompletions } from '../../src/endpoint/protocol/chat-completions/protocol.ts';
import { placed } from '../../src/endpoint/recording/place.ts';
import { aRequest } from './endpoints.ts';

export const anEndpointDescription: EndpointDescription = {
  id: 'spark',
  model: 'spark-1',
  protocol: 'chat-completions',
  transport: 'sse',
  address: 'http://127.0.0.1:1/v1',
  tier: 'unknown',
  simulated: false,
};

/** A transport without a socket: hands on these batches, then ends, or throws. */
export const transportOf = (batches: readonly (readonly Frame[])[], failure?: Error): Transport => ({
  name: 'given',
  async *send() {
    yield* batches;
    if (failure !== undefined) throw failure;
  },
  warmUp: async () => {},
  [Symbol.asyncDispose]: async () => {},
});

/** A request as a placed protocol encodes it. */
export const encodedRequest = (changes: Parameters<typeof aRequest>[0] = {}): EncodedRequest =>
  placed(chatCompletions({ model: 'spark-1', settings: {} })).encode(aRequest(changes));

/** Reads a transport to its end: the frames, and what it threw after them. */
export const readFrames = async (
  batches: AsyncIterable<readonly Frame[]>,
): Promise<{ readonly frames: readonly Frame[]; readonly error?: unknown }> => {
  const frames: Frame[] = [];
  try {
    for await (const batch of batches) frames.push(...batch);
  } catch (error) {
    return { frames, error };
  }
  return { frames };
};

/** A recorded stream of text fragments, one each so many milliseconds. */
export const aStream = (changes: Partial<RecordedStream> = {}): RecordedStream => ({
  schema: 1,
  endpoint: 'spark',
  model: 'spark-1',
  protocol: 'chat-completions',
  transport: 'sse',
  simulated: false,
  sessionId: 'recorded-1',
  place: { opening: 'task-1', turn: 0 },
  frames: [
    [0, { kind: 'dispatch' }],
    [10e6, { kind: 'data', data: '{"a":1}' }],
    [30e6, { kind: 'data', data: '{"a":2}' }],
    [31e6, { kind: 'close' }],
  ],
  ...changes,
});
