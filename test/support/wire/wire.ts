/** One frame of a provider, whatever carries it: an SSE event or a WebSocket message. */
export type Payload = { readonly event?: string; readonly data: string };

export type CountedUsage = {
  readonly input: number;
  readonly cachedInput: number;
  readonly output: number;
  readonly reasoning?: number;
};

/** What a provider's server writes, in one protocol, for what a test wants to happen. */
export type Wire = {
  readonly opening: readonly Payload[];
  text(fragment: string): Payload;
  reasoning(fragment: string): Payload;
  /** The call announced, then its arguments in fragments. */
  toolCall(call: { readonly id: string; readonly name: string }, fragments: readonly string[]): readonly Payload[];
  /** Frames that carry no content and must be passed over. */
  readonly noise: readonly Payload[];
  ending(reason: 'stop' | 'tool-calls', usage: CountedUsage): readonly Payload[];
  error(error: { readonly type: string; readonly message: string }): Payload;
};
