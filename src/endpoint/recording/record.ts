import { EndpointError } from '../../domain/model/endpoint-error.ts';
import type { FrameContent, RecordedStream } from '../../domain/model/recorded-stream.ts';
import type { EndpointDescription } from '../../domain/run.ts';
import type { MonotonicNs } from '../../domain/time.ts';
import type { EncodedRequest, Frame, Transport } from '../endpoint.ts';
import { recordedHeaders } from './headers.ts';
import { placeOfEncoded } from './place.ts';

type OpenStream = {
  -readonly [Key in keyof RecordedStream]: Key extends 'frames'
    ? (readonly [number, FrameContent])[]
    : RecordedStream[Key];
};

/** Keeps what came over the wire until it is taken, session by session. */
export interface Recorder {
  /** Starts a stream; it belongs to its session at once, as far as it has come. */
  begin(request: EncodedRequest, endpoint: EndpointDescription): OpenStream;
  /** The streams of a session, in the order of their dispatch; they are forgotten here. */
  take(sessionId: string): readonly RecordedStream[];
  takeAll(): readonly RecordedStream[];
}

/** A recorder in memory. */
export const createRecorder = (): Recorder => {
  const sessions = new Map<string, OpenStream[]>();
  const take = (sessionId: string): readonly RecordedStream[] => {
    const streams = sessions.get(sessionId) ?? [];
    sessions.delete(sessionId);
    return streams;
  };
  return {
    begin: (request, { id, model, protocol, transport, simulated }) => {
      const { sessionId } = request;
      const about = { endpoint: id, model, protocol, transport, simulated, sessionId };
      const stream: OpenStream = { schema: 1, ...about, place: placeOfEncoded(request), frames: [] };
      sessions.set(sessionId, [...(sessions.get(sessionId) ?? []), stream]);
      return stream;
    },
    take,
    takeAll: () => [...sessions.keys()].flatMap(take),
  };
};

const contentOf = ({ at: _at, ...content }: Frame): FrameContent =>
  content.kind === 'headers' ? { ...content, headers: recordedHeaders(content.headers) } : content;

type Sink = { readonly recorder: Recorder; readonly endpoint: EndpointDescription };

async function* kept(
  batches: AsyncIterable<readonly Frame[]>,
  request: EncodedRequest,
  { recorder, endpoint }: Sink,
): AsyncGenerator<readonly Frame[], void> {
  const stream = recorder.begin(request, endpoint);
  let start: MonotonicNs | undefined;
  let last = 0;
  try {
    for await (const batch of batches) {
      for (const frame of batch) {
        start ??= frame.at;
        last = frame.at - start;
        stream.frames.push([last, contentOf(frame)]);
      }
      yield batch;
    }
  } catch (error) {
    if (error instanceof EndpointError) {
      const { fault, message, endpointPhase: phase, status, retryAfterMs, isRetryable } = error;
      stream.failure = { offsetNs: last, fault, message, phase, status, retryAfterMs, isRetryable };
    }
    throw error;
  }
}

/** A transport that keeps every frame it hands on; its stamps and its speed are those of the transport within. */
export const recording = (transport: Transport, sink: Sink): Transport => {
  const { steer } = transport;
  return {
    ...transport,
    send: (request, options) => kept(transport.send(request, options), request, sink),
    steer: steer && ((request, options) => kept(steer(request, options), request, sink)),
  };
};
