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
  readonly conversation: readonly ConversationEntry[];
  readonly tools: readonly OfferedTool[];
  readonly maxOutputTokens: number | undefined;
  /** Whether the client wants the usage; only Chat Completions has a choice. */
  readonly wantsUsage: boolean;
  readonly wantsObfuscation: boolean;
  /** What the body says of the session, where no header does. */
  readonly cacheKey: string | undefined;
};

/** Number of turns the model has taken in these entries. */
export const countTurns = (entries: readonly ConversationEntry[]): number =>
  entries.filter((entry, index) => entry.role === 'assistant' && entries[index - 1]?.role !== 'assistant').length;
