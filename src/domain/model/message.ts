/** One call of a tool by the model; `argumentsText` is the JSON text as the model wrote it. */
export type ToolCall = { readonly id: string; readonly name: string; readonly argumentsText: string };

/**
 * What a provider wants back unchanged with the next request (encrypted reasoning, signed thinking). Nobody else
 * understands it: it is given back only to the protocol and model it came from.
 */
export type Carried = { readonly origin: string; readonly items: readonly unknown[] };

/** One message of a conversation, independent of any provider's dialect. */
export type Message =
  | { readonly role: 'system'; readonly text: string }
  | { readonly role: 'user'; readonly text: string }
  | {
      readonly role: 'assistant';
      readonly text: string;
      readonly reasoning: string;
      readonly toolCalls: readonly ToolCall[];
      readonly carried?: Carried | undefined;
    }
  | { readonly role: 'tool'; readonly toolCallId: string; readonly name: string; readonly text: string };

/** A tool offered to the model; `parameters` is a JSON Schema object. */
export type ToolDefinition = {
  readonly name: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, unknown>>;
};

/** What is asked of a model in one call. */
export type ModelRequest = {
  readonly messages: readonly Message[];
  readonly tools: readonly ToolDefinition[];
  /** Identifies the conversation to gateways and caches (header `x-session-id`); the trial's id in a run. */
  readonly sessionId: string;
  readonly maxOutputTokens?: number | undefined;
  /** What it is called in a recording, where its words are other ones every time. */
  readonly recordedAs?: string | undefined;
};

/** Settings of a contender that belong to the endpoint. */
export type ModelSettings = {
  readonly effort?: string | undefined;
  readonly serviceTier?: string | undefined;
  readonly temperature?: number | undefined;
  readonly maxOutputTokens?: number | undefined;
};
