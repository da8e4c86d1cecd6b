import type { Emission, Timeline } from '../pace/timeline.ts';
import type { SimulatedRequest } from '../plan/conversation.ts';
import type { PlannedTurn } from '../plan/turn.ts';
import type { Profile } from '../profile.ts';

/** One event on the wire, before a transport dresses it. */
export type WireEvent = { readonly event?: string | undefined; readonly data: string };

/** What an encoder needs to know of the call it answers. */
export type EncodeContext = {
  readonly requestId: string;
  readonly request: SimulatedRequest;
  readonly profile: Profile;
  readonly turn: PlannedTurn;
  readonly engine: Timeline['engine'];
  /** Wall-clock seconds, for the `created` fields. */
  readonly createdSeconds: number;
};

/** Puts one planned turn into a protocol's events; called in this order, `content` once an emission. */
export type Encoder = {
  open(): readonly WireEvent[];
  content(emission: Emission): readonly WireEvent[];
  /** The events that say that the content is over. */
  finish(): readonly WireEvent[];
  /** The last events, with the usage where the protocol and the client want it. */
  terminal(): readonly WireEvent[];
  /** What is said when the stream breaks; `asFailed` ends a response as failed where the protocol has that. */
  failure(problem: Problem, asFailed: boolean): readonly WireEvent[];
  /** The same turn as one JSON body, for a client that does not stream. */
  whole(): unknown;
};

/** A refusal: HTTP status, the vendor's words and headers. */
export type Problem = {
  readonly status: number;
  readonly type: string;
  readonly code: string;
  readonly message: string;
  readonly param?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
};

/** A wire protocol as the simulator speaks it. */
export type SimulatedProtocol = {
  readonly name: 'chat' | 'responses' | 'messages';
  /** Throws RequestProblem for a body that is not a request. */
  read(body: unknown): SimulatedRequest;
  encoder(context: EncodeContext): Encoder;
  /** Body of a refusal before the stream. */
  problemBody(problem: Problem): unknown;
};

/** Thrown where a request is refused. */
export class RequestProblem extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.name = 'RequestProblem';
    this.problem = problem;
  }
}

export const invalidRequest = (message: string): RequestProblem =>
  new RequestProblem({ status: 400, type: 'invalid_request_error', code: 'invalid_request', message });

/** Fingerprint in every answer, so that nobody takes it for a real model's. */
export const simulatorFingerprint = 'tacho-simulator';
