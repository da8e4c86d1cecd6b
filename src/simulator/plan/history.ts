import type { ConversationEntry } from './conversation.ts';

/** Conversations by response id, the oldest forgotten first: what `previous_response_id` looks into. */
export class ResponseHistory {
  readonly #conversations = new Map<string, readonly ConversationEntry[]>();
  readonly #capacity: number;

  constructor(capacity = 1024) {
    this.#capacity = capacity;
  }

  keep(responseId: string, conversation: readonly ConversationEntry[]): void {
    this.#conversations.set(responseId, conversation);
    const [oldest] = this.#conversations.keys();
    if (this.#conversations.size > this.#capacity && oldest !== undefined) this.#conversations.delete(oldest);
  }

  find(responseId: string): readonly ConversationEntry[] | undefined {
    return this.#conversations.get(responseId);
  }

  forget(responseId: string): void {
    this.#conversations.delete(responseId);
  }
}
