import type { ModelRequest } from '../../domain/model/message.ts';
import type { StreamEvent } from '../../domain/model/stream.ts';
import { type CollectedReply, collectReply } from '../collect-reply.ts';
import type { ModelEndpoint } from '../endpoint.ts';

/** How long a server that ended the old answer may take to begin the redirected one before it is asked in another way. */
const patienceMs = 5000;

/** The answer that a server was told to give instead of the one under way. */
export type Successor = {
  /** Its reply; failed where it did not begin in time after the old answer was over. To be asked when that is so. */
  afterOld(): Promise<CollectedReply>;
};

/** Tells the server at once; undefined where it has no event for that. */
export const steerAnswer = (
  endpoint: ModelEndpoint,
  request: ModelRequest,
  signal: AbortSignal,
): Successor | undefined => {
  if (endpoint.steer === undefined) return undefined;
  const abandon = new AbortController();
  const either = AbortSignal.any([signal, abandon.signal]);
  let hasBegun = false;
  const watched = async function* (events: AsyncIterable<StreamEvent>): AsyncGenerator<StreamEvent, void> {
    for await (const event of events) {
      hasBegun ||= event.type !== 'dispatch' && event.type !== 'connection';
      yield event;
    }
  };
  const reply = collectReply(watched(endpoint.steer(request, { signal: either })), {
    endpoint: endpoint.description.id,
    signal,
  });
  return {
    afterOld: async () => {
      const giveUp = (): void => {
        if (!hasBegun) abandon.abort(new Error('the server did not begin the redirected answer'));
      };
      const patience = setTimeout(giveUp, patienceMs);
      try {
        return await reply;
      } finally {
        clearTimeout(patience);
      }
    },
  };
};
