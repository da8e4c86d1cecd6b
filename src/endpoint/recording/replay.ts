import { setTimeout as sleep } from 'node:timers/promises';
import { EndpointError } from '../../domain/model/endpoint-error.ts';
import type { RecordedStream } from '../../domain/model/recorded-stream.ts';
import { type Clock, type MonotonicNs, millisecondsBetween } from '../../domain/time.ts';
import type { Frame, Transport } from '../endpoint.ts';
import type { ChooseStream } from './choose.ts';
import { placeOfEncoded } from './place.ts';

export type ReplayOptions = {
  readonly choose: ChooseStream;
  readonly clock: Clock;
  /** How many times as fast as it was; infinite: at once. */
  readonly speed: number;
};

const missing = (): EndpointError =>
  new EndpointError('invalid-request', 'the recording holds no answer to this turn of this conversation', {
    phase: 'admission',
  });

/** Waits until a stamp is due; throws the signal's reason when it fires. */
const until = async (due: MonotonicNs, { clock }: ReplayOptions, signal: AbortSignal): Promise<void> => {
  const waitMs = millisecondsBetween(clock.now(), due);
  if (waitMs > 0) await sleep(Math.ceil(waitMs), undefined, { signal }).catch(() => signal.throwIfAborted());
};

async function* play(
  { frames: recorded, failure }: RecordedStream,
  options: ReplayOptions,
  signal: AbortSignal,
): AsyncGenerator<readonly Frame[], void> {
  const start = options.clock.now();
  // Stamped when it was due, not when a timer woke us: the recorded times are kept exactly.
  const at = (offsetNs: number): MonotonicNs => start + offsetNs / options.speed;
  const frames = recorded.map(([offset, frame]): Frame => ({ ...frame, at: at(offset) }));
  // A recording that was cut has no end: its decoder is to say so.
  const last = frames.at(-1);
  if (failure === undefined && last?.kind !== 'close') frames.push({ kind: 'close', at: last?.at ?? start });
  for (let next = 0; next < frames.length; ) {
    await until(frames[next]?.at ?? start, options, signal);
    signal.throwIfAborted();
    const now = options.clock.now();
    const first = next;
    while (next < frames.length && (frames[next]?.at ?? start) <= now) next += 1;
    yield frames.slice(first, next);
  }
  if (failure === undefined) return;
  await until(at(failure.offsetNs), options, signal);
  throw new EndpointError(failure.fault, failure.message, failure);
}

/** A transport that plays recorded frames back, with their own timing or a scaled one. Nothing is sent anywhere. */
export const replaying = (options: ReplayOptions): Transport => ({
  name: 'replay',
  async *send(request, { signal }): AsyncGenerator<readonly Frame[], void> {
    signal.throwIfAborted();
    const stream = options.choose(request.sessionId, placeOfEncoded(request));
    if (stream === undefined) throw missing();
    yield* play(stream, options, signal);
  },
  warmUp: async () => {},
  [Symbol.asyncDispose]: async () => {},
});
