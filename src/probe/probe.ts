import type { ModelRequest } from '../domain/model/message.ts';
import type { Turn } from '../domain/model/turn.ts';
import { type EndpointDescription, labelOf, type Scheduling } from '../domain/run.ts';

/** One way to an endpoint: its protocol over one transport. What a probe compares. */
export type Arm = {
  /** `spark`, or `spark/websocket` where an endpoint is probed over two transports. */
  readonly id: string;
  readonly endpoint: EndpointDescription;
  /** True where output tokens were counted by us, since the server stated none. */
  readonly tokensEstimated?: boolean | undefined;
};

/** Why a call has no answer. */
export type Failure = { readonly fault: string; readonly message: string };

/** What came of one call: its turn, as far as it came, and what went wrong. */
export type CallResult = {
  readonly turn?: Turn | undefined;
  readonly text: string;
  readonly reasoning?: string | undefined;
  readonly failure?: Failure | undefined;
};

/** How an answer is stopped: by leaving its stream or connection, or by an event that tells the server. */
export type SteeringWay = 'abort' | 'event';

/** A change of instruction in the midst of an answer. */
export type Redirection = {
  readonly way: SteeringWay;
  /** Output tokens of the answer after which it comes. */
  readonly afterOutputTokens: number;
  /** What is asked then, given what was said so far. */
  readonly redirect: (saidSoFar: string) => ModelRequest;
};

/** What came of a redirected call: the new answer, and the turn of the one that was stopped. */
export type SteeredResult = CallResult & { readonly interrupted?: Turn | undefined };

/** An arm that can be called. A call never rejects and is never retried: a probe shows what happened. */
export type ArmClient = Arm & {
  /** In which ways its answers can be stopped. */
  readonly ways: readonly SteeringWay[];
  warmUp(request: ModelRequest): Promise<void>;
  call(request: ModelRequest): Promise<CallResult>;
  steer(request: ModelRequest, redirection: Redirection): Promise<SteeredResult>;
};

/** What any kind of probe says of itself. */
export type ProbeHeader = {
  readonly schema: 1;
  readonly probeId: string;
  readonly createdAt: string;
  readonly tacho: { readonly version: string };
  readonly host: {
    readonly platform: string;
    readonly architecture: string;
    readonly cpus: number;
    readonly node: string;
    readonly scheduling?: Scheduling | undefined;
  };
  readonly seed: number;
  readonly arms: readonly Arm[];
  /** Why the clock of this probe should not be trusted, if so. */
  readonly degraded: readonly string[];
};

/** How people are told of an arm: by its id, and by what it is not. */
export const armLabel = ({ id, endpoint, tokensEstimated }: Arm): string =>
  labelOf(id, { ...endpoint, tokensEstimated });
