import type { EndpointFault, EndpointPhase } from './endpoint-error.ts';
import type { Connection } from './stream.ts';

/** One unit that a transport saw, without its stamp. */
export type FrameContent =
  | { readonly kind: 'dispatch' }
  | { readonly kind: 'connection'; readonly connection: Connection }
  | { readonly kind: 'headers'; readonly status: number; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'data'; readonly event?: string | undefined; readonly data: string }
  | { readonly kind: 'close' };

/** Where in which conversation a request stands: the same for the same task, whoever asks. */
export type Place = {
  /** Digest of all that stands before the model's first answer. */
  readonly opening: string;
  /** Answers that came before. */
  readonly turn: number;
};

/** One answer as it came over the wire: a line of streams.jsonl. Offsets in nanoseconds after the dispatch. */
export type RecordedStream = {
  readonly schema: 1;
  readonly endpoint: string;
  readonly model: string;
  readonly protocol: string;
  readonly transport: string;
  readonly simulated: boolean;
  readonly sessionId: string;
  readonly place: Place;
  readonly frames: readonly (readonly [offsetNs: number, frame: FrameContent])[];
  /** How it broke, if it did. */
  readonly failure?:
    | {
        readonly offsetNs: number;
        readonly fault: EndpointFault;
        readonly message: string;
        readonly phase: EndpointPhase;
        readonly status?: number | undefined;
        readonly retryAfterMs?: number | undefined;
        readonly isRetryable?: boolean | undefined;
      }
    | undefined;
};
