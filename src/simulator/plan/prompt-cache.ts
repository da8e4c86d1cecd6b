import { createHash } from 'node:crypto';
import type { ConversationEntry } from './conversation.ts';
import { countTokens } from './tokens.ts';

type CachedEntry = { readonly digest: string; readonly tokens: number };

const digestOf = (entry: ConversationEntry) =>
  createHash('sha1').update(entry.role).update('\u0000').update(entry.text).digest('base64');

/** Remembers each session's last prompt, entry by entry, and says how much of the next one it shares. */
export class PromptCache {
  readonly #sessions = new Map<string, readonly CachedEntry[]>();
  readonly #capacity: number;

  constructor(capacity = 4096) {
    this.#capacity = capacity;
  }

  /** Counts a prompt and keeps it; `cachedInput` is the size in tokens of the prefix shared with the session's last prompt. */
  count(sessionId: string, conversation: readonly ConversationEntry[]): { input: number; cachedInput: number } {
    const before = this.#sessions.get(sessionId) ?? [];
    const entries = conversation.map((entry, index) => {
      const digest = digestOf(entry);
      const known = before[index];
      return known?.digest === digest ? known : { digest, tokens: countTokens(entry.text) };
    });
    const firstNew = entries.findIndex((entry, index) => entry !== before[index]);
    const shared = firstNew < 0 ? entries : entries.slice(0, firstNew);
    this.#keep(sessionId, entries);
    const sum = (list: readonly CachedEntry[]) => list.reduce((total, entry) => total + entry.tokens, 0);
    return { input: sum(entries), cachedInput: sum(shared) };
  }

  #keep(sessionId: string, entries: readonly CachedEntry[]): void {
    this.#sessions.delete(sessionId);
    this.#sessions.set(sessionId, entries);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > this.#capacity && oldest !== undefined) this.#sessions.delete(oldest);
  }
}
