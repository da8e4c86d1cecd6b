type Waiter<T> = {
  readonly resolve: (result: IteratorResult<readonly T[]>) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Carries items from callbacks to one asynchronous reader, who gets all that is waiting at once. An error is delivered
 * after the items that came before it. `onAbandon` runs when the reader leaves before the end.
 */
export class BatchQueue<T> implements AsyncIterableIterator<readonly T[]> {
  #items: T[] = [];
  #waiter: Waiter<T> | undefined;
  #ending: { readonly error?: unknown } | undefined;
  readonly #onAbandon: () => void;

  constructor(onAbandon: () => void) {
    this.#onAbandon = onAbandon;
  }

  get isEnded(): boolean {
    return this.#ending !== undefined;
  }

  push(item: T): void {
    if (this.#ending !== undefined) return;
    // Woken in a microtask: what else arrives in the same callback joins the batch.
    if (this.#items.push(item) === 1 && this.#waiter !== undefined) queueMicrotask(() => this.#wake());
  }

  /** Ends the queue, with an error or without; the first ending wins. */
  end(ending: { readonly error?: unknown } = {}): void {
    if (this.#ending !== undefined) return;
    this.#ending = ending;
    this.#wake();
  }

  next(): Promise<IteratorResult<readonly T[]>> {
    return new Promise((resolve, reject) => {
      this.#waiter = { resolve, reject };
      if (this.#items.length > 0 || this.#ending !== undefined) this.#wake();
    });
  }

  async return(): Promise<IteratorResult<readonly T[]>> {
    this.#items = [];
    const wasOpen = this.#ending === undefined;
    this.#ending = {};
    if (wasOpen) this.#onAbandon();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #wake(): void {
    const waiter = this.#waiter;
    if (waiter === undefined) return;
    this.#waiter = undefined;
    if (this.#items.length > 0) {
      const batch = this.#items;
      this.#items = [];
      waiter.resolve({ done: false, value: batch });
    } else if (this.#ending !== undefined && 'error' in this.#ending) {
      const { error } = this.#ending;
      this.#ending = {};
      waiter.reject(error);
    } else {
      waiter.resolve({ done: true, value: undefined });
    }
  }
}
