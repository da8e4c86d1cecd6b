import type { StreamEvent } from '../../domain/model/stream.ts';
import type { Clock, MonotonicNs } from '../../domain/time.ts';
import type { ModelEndpoint } from '../endpoint.ts';
import { type Answer, TurnBuilder } from '../turn-builder.ts';
import { charactersPerToken } from './steering.ts';

/** When the instruction changed, and how far the answer had come. */
export type Decision = { readonly decided: MonotonicNs; readonly partial: Answer };

const charactersOf = (event: StreamEvent): number => {
  switch (event.type) {
    case 'reasoning-delta':
    case 'text-delta':
      return event.text.length;
    case 'tool-call-delta':
      return event.argumentsText.length;
    default:
      return 0;
  }
};

/**
 * The same endpoint, its answers watched: calls `onDecision` once, in the midst of an answer, as soon as that is
 * `afterOutputTokens` long. A further try starts the count anew.
 */
export const watchAnswer = (
  endpoint: ModelEndpoint,
  {
    afterOutputTokens,
    clock,
    onDecision,
  }: {
    readonly afterOutputTokens: number;
    readonly clock: Clock;
    readonly onDecision: (decision: Decision) => void;
  },
): ModelEndpoint => {
  let isDecided = false;
  return {
    ...endpoint,
    async *stream(request, options): AsyncGenerator<StreamEvent, void> {
      const builder = new TurnBuilder(endpoint.description.id);
      let characters = 0;
      for await (const event of endpoint.stream(request, options)) {
        builder.add(event);
        characters += charactersOf(event);
        yield event;
        if (isDecided || characters < afterOutputTokens * charactersPerToken) continue;
        isDecided = true;
        onDecision({ decided: clock.now(), partial: builder.build().reply });
      }
    },
  };
};
