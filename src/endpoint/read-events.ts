import type { StreamEvent } from '../domain/model/stream.ts';
import type { Frame } from './endpoint.ts';

/** How long the closing bytes are waited for: a call that follows at once can then use the same connection. */
const closingMs = 25;

export type ReadOptions = {
  readonly send: () => AsyncIterable<readonly Frame[]>;
  readonly decode: (frame: Frame) => readonly StreamEvent[];
  /** What to throw for an error of either. */
  readonly name: (error: unknown) => unknown;
};

/**
 * Sends, and decodes the frames into a flat stream of events. It is over with `end`: a transport that has more to read
 * does not hold the caller up, nor is it cut. Leaving earlier, or an error of the decoder, ends the request.
 */
export async function* readEvents({ send, decode, name }: ReadOptions): AsyncGenerator<StreamEvent, void> {
  let frames: AsyncIterator<readonly Frame[]> | undefined;
  let ended = false;
  try {
    frames = send()[Symbol.asyncIterator]();
    for (let batch = await frames.next(); batch.done !== true; batch = await frames.next()) {
      for (const frame of batch.value) {
        for (const event of decode(frame)) {
          ended ||= event.type === 'end';
          yield event;
        }
      }
      if (ended) return await closed(frames);
    }
  } catch (error) {
    throw name(error);
  } finally {
    if (!ended) await frames?.return?.();
  }
}

/** Resolves when the transport is done, at the latest after `closingMs`; what goes wrong after the end is no matter. */
const closed = (frames: AsyncIterator<readonly Frame[]>): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, closingMs);
    const over = (): void => {
      clearTimeout(timer);
      resolve();
    };
    const read = (): void => {
      frames.next().then((batch) => (batch.done === true ? over() : read()), over);
    };
    read();
  });
