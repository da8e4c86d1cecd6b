import { monotonicNs } from './clock.ts';

/** Something with a deadline. `fire` does all that is due by `nowNs` and sets the next deadline, infinite when there is none. */
export type Paced = {
  /** Monotonic nanoseconds. */
  dueNs: number;
  /** The next deadline is one a client measures by: meet it without the grain of the timer. */
  isEdge: boolean;
  fire(nowNs: number): void;
};

const grainNs = 1e6;

/**
 * One timer for all streams. Deadlines are absolute, so lateness never adds up: a late tick emits all that is due.
 * Between ticks of a millisecond it sleeps; only for an edge does it poll the event loop through the last millisecond.
 */
export class Scheduler {
  readonly #active = new Set<Paced>();
  #cancel: (() => void) | undefined;
  #wakeNs = Number.POSITIVE_INFINITY;

  add(paced: Paced): void {
    this.#active.add(paced);
    if (paced.dueNs < this.#wakeNs) this.#arm();
  }

  remove(paced: Paced): void {
    this.#active.delete(paced);
  }

  /** Drops everything; nothing fires afterwards. */
  stop(): void {
    this.#active.clear();
    this.#cancel?.();
  }

  #arm(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    let next: Paced | undefined;
    let earliestEdgeNs = Number.POSITIVE_INFINITY;
    for (const paced of this.#active) {
      if (next === undefined || paced.dueNs < next.dueNs) next = paced;
      if (paced.isEdge && paced.dueNs < earliestEdgeNs) earliestEdgeNs = paced.dueNs;
    }
    this.#wakeNs = next?.dueNs ?? Number.POSITIVE_INFINITY;
    if (next === undefined || !Number.isFinite(this.#wakeNs)) return;
    const nowNs = monotonicNs();
    if (earliestEdgeNs - nowNs < grainNs || this.#wakeNs <= nowNs) {
      const handle = setImmediate(this.#tick);
      this.#cancel = () => clearImmediate(handle);
      return;
    }
    const waitMs = Math.min(Math.max(1, Math.floor((this.#wakeNs - nowNs) / 1e6)), 2 ** 30);
    const handle = setTimeout(this.#tick, waitMs);
    this.#cancel = () => clearTimeout(handle);
  }

  readonly #tick = (): void => {
    for (const paced of this.#active) {
      // Read anew for each: with many streams the last is served well after the first.
      const nowNs = monotonicNs();
      if (paced.dueNs <= nowNs) paced.fire(nowNs);
      if (!Number.isFinite(paced.dueNs)) this.#active.delete(paced);
    }
    this.#arm();
  };
}
