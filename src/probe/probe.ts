import type { ModelRequest } from '../domain/model/message.ts';
import type { Turn } from '../domain/model/turn.ts';
import { type EndpointDescription, labelOf } from '../domain/run.ts';

/** One way to an endpoint: its protocol over one transport. What a probe compares. */
export type Arm = {
  /** `spark`, or `spark/websocket` where an endpoint is probed over two transports. */
  readonly id: string;
  readonly endpoint: EndpointDescription;
};

/** Why a call has no answer. */
export type Failure = { readonly fault: string; readonly message: string };

/** What came of one call: its turn, as far as it came, and what went wrong. */
export type CallResult = {
  readonly turn?: Turn | undefined;
  readonly text: string;
  readonly failure?: Failure | undefined;
};

/** An arm that can be called. A call never rejects and is never retried: a probe shows what happened. */
export type ArmClient = Arm & {
  warmUp(request: ModelRequest): Promise<void>;
  call(request: ModelRequest): Promise<CallResult>;
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
  };
  readonly seed: number;
  readonly arms: readonly Arm[];
  /** Why the clock of this probe should not be trusted, if so. */
  readonly degraded: readonly string[];
};

/** How people are told of an arm: by its id, and by what it is not. */
export const armLabel = ({ id, endpoint }: Arm): string => labelOf(id, endpoint);
