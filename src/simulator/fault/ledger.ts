import { uniformOf } from '../plan/random.ts';
import type { Fault } from './fault.ts';

/** Decides which faults strike a request, and remembers how often they did. */
export class FaultLedger {
  readonly #requests = new Map<string, number>();
  readonly #struck = new Map<string, number>();

  /** Counts a request of a profile's session; `fault`s without a condition always strike. */
  strike(
    faults: readonly Fault[],
    request: { readonly profile: string; readonly seed: number; readonly sessionId: string },
  ): readonly Fault[] {
    const { profile, seed, sessionId } = request;
    const nth = this.#count(this.#requests, profile);
    const nthOfSession = this.#count(this.#requests, `${profile}\u0000${sessionId}`);
    return faults.filter((fault, index) => {
      if (fault.on_request !== undefined && fault.on_request !== nth) return false;
      const u = uniformOf('fault', seed, profile, sessionId, nthOfSession, index);
      if (fault.probability !== undefined && u >= fault.probability) return false;
      return this.#count(this.#struck, `${sessionId}\u0000${fault.kind}`) <= (fault.times ?? Number.POSITIVE_INFINITY);
    });
  }

  #count(counts: Map<string, number>, key: string): number {
    const next = (counts.get(key) ?? 0) + 1;
    counts.set(key, next);
    return next;
  }
}
