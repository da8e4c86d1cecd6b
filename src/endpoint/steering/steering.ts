import type { ModelRequest } from '../../domain/model/message.ts';
import type { Answer } from '../turn-builder.ts';

/** An instruction that changes while the model is answering. */
export type Steering = {
  /** Output tokens of the answer after which it changes; counted by characters, since no protocol counts on the way. */
  readonly afterOutputTokens: number;
  /** What is asked instead, given how far the answer had come; it extends the request that is being answered. */
  readonly redirect: (partial: Answer) => ModelRequest;
};

/** How an answer is stopped: by leaving its stream, or by the server's event for it, where there is one. */
export type SteeringMode = 'abort' | 'event';

/** What a token is taken for while an answer is coming: about right for code and prose. */
export const charactersPerToken = 4;
