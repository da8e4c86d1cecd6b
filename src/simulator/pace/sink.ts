import type { StreamFault } from '../fault/fault.ts';
import { streamProblem } from '../fault/problems.ts';
import type { Encoder, WireEvent } from '../protocol/protocol.ts';
import type { Timeline } from './timeline.ts';

/** Where a turn's events go. */
export type Sink = {
  /** Called before the first write: response headers. */
  open(): void;
  /** Hands the events to the kernel before it returns. Says when, in monotonic nanoseconds: all dressing is done by then. */
  write(events: readonly WireEvent[]): number;
  /** The answer is over. */
  end(): void;
  /** Breaks the connection: a clean end of it, or a reset. */
  abort(how: 'close' | 'reset'): void;
};

/** Tokens to write before a fault strikes; infinite without one. */
export const tokensBeforeFault = (fault: StreamFault | undefined, timeline: Timeline): number => {
  if (fault === undefined) return Number.POSITIVE_INFINITY;
  const planned = timeline.emissions.reduce((sum, emission) => sum + emission.tokens, 0);
  return Math.min(fault.after_tokens ?? Math.floor(planned / 2), planned);
};

/** Strikes: says for how many milliseconds the stream pauses before it goes on, undefined when it is over. */
export const breakStream = (fault: StreamFault, encoder: Encoder, sink: Sink): number | undefined => {
  switch (fault.kind) {
    case 'stream_error':
      sink.write(encoder.failure(streamProblem, fault.form === 'failed'));
      sink.end();
      return undefined;
    case 'truncate':
      sink.abort('close');
      return undefined;
    case 'reset_stream':
      sink.abort('reset');
      return undefined;
    case 'malformed':
      sink.write([{ data: '{"simulated":"malformed' }]);
      return 0;
    case 'stall':
      return fault.ms ?? Number.POSITIVE_INFINITY;
  }
};
