import type { Clock } from '../../domain/time.ts';
import type { Conversation } from '../endpoint.ts';
import type { Timeouts } from './watchdog.ts';

/** What every transport is made with. */
export type TransportOptions = {
  /** Base address; the protocol's path is appended. */
  readonly address: string;
  readonly clock: Clock;
  /** Headers of every request, the key's among them: asked for at each call and kept nowhere. */
  readonly headers: () => Readonly<Record<string, string>>;
  readonly timeouts?: Timeouts | undefined;
  /** The protocol's, where it can be spoken over a persistent connection. */
  readonly conversation?: (() => Conversation) | undefined;
};
