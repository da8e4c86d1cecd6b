/** One entry of a conversation as any protocol puts it; consecutive assistant entries are one turn of the model. */
export type ConversationEntry = {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly text: string;
};

/** A tool that the client offered. */
export type OfferedTool = {
  readonly name: string;
  readonly kind: 'function' | 'custom' | 'local_shell';
  /** JSON Schema of the arguments; empty when the client gave none. */
  readonly properties: Readonly<Record<string, { readonly type?: unknown }>>;
  readonly required: readonly string[];
};

/** What a client asked for, independent of the protocol it used. */
export type SimulatedRequest = {
  readonly model: string;
  readonly stream: boolean;
  /** Instructions and tools: they are sent anew with every request. */
  readonly preamble: readonly ConversationEntry[];
  readonly conversation: readonly ConversationEntry[];
  readonly tools: readonly OfferedTool[];
  readonly maxOutputTokens: number | undefined;
  /** Whether the client wants the usage; only Chat Completions has a choice. */
  readonly wantsUsage: boolean;
  readonly wantsObfuscation: boolean;
  /** The client marked its prompt for caching; only Anthropic Messages has a choice. */
  readonly wantsCacheWrite: boolean;
  /** What the body says of the session, where no header does. */
  readonly cacheKey: string | undefined;
  /** Where the protocol lets a request continue an earlier response. */
  readonly chain?: Chain | undefined;
};

/** How a request of the Responses API hangs together with others. */
type Chain = {
  readonly previousResponseId: string | undefined;
  /** Whether a later request may continue this one from any connection. */
  readonly store: boolean;
  /** False for a warm-up, which prepares and says nothing. */
  readonly generate: boolean;
};

/** Number of turns the model has taken in these entries. */
export const countTurns = (entries: readonly ConversationEntry[]): number =>
  entries.filter((entry, index) => entry.role === 'assistant' && entries[index - 1]?.role !== 'assistant').length;
