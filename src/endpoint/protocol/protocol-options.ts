import type { ModelSettings } from '../../domain/model/message.ts';

/** What a codec is made for: the model's name at the provider, and the contender's settings. */
export type ProtocolOptions = {
  readonly model: string;
  readonly settings: ModelSettings;
  /** True for a Messages server known to stream all of its thinking; Anthropic's own shows summaries. */
  readonly showsAllThinking?: boolean | undefined;
  /** Fields of one provider's dialect, put into every request body as they are. */
  readonly extraBody?: Readonly<Record<string, unknown>> | undefined;
};
