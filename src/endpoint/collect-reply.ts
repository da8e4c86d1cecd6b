import type { StreamEvent } from '../domain/model/stream.ts';
import type { TimelineEntry, Turn } from '../domain/model/turn.ts';
import { type Answer, type BuiltTurn, TurnBuilder } from './turn-builder.ts';

/** A model call that ran to its end, or not: what had come by then is there in either case. */
export type CollectedReply =
  | {
      readonly outcome: 'complete';
      readonly reply: Answer;
      readonly turn: Turn;
      readonly timeline: readonly TimelineEntry[];
    }
  /** `aborted`: ended by the caller's signal, which is nobody's failure. */
  | ({ readonly outcome: 'failed' | 'aborted'; readonly error: unknown } & BuiltTurn);

/** Reads a stream to its end. Never rejects: a failure is told beside the partial answer and its turn. */
export const collectReply = async (
  events: AsyncIterable<StreamEvent>,
  { endpoint, signal }: { readonly endpoint: string; readonly signal?: AbortSignal | undefined },
): Promise<CollectedReply> => {
  const builder = new TurnBuilder(endpoint);
  try {
    for await (const event of events) builder.add(event);
  } catch (error) {
    const isAborted = signal?.aborted === true && error === signal.reason;
    return { outcome: isAborted ? 'aborted' : 'failed', error, ...builder.build() };
  }
  const { reply, turn, timeline } = builder.build();
  if (turn !== undefined) return { outcome: 'complete', reply, turn, timeline };
  return { outcome: 'failed', error: new Error('the stream was never dispatched'), reply, turn, timeline };
};
