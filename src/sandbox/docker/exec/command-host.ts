import type Dockerode from 'dockerode';
import type { LimitFunction } from 'p-limit';
import type { Clock } from '../../../domain/time.ts';

/** What commands need of the container that they run in. */
export type CommandHost = {
  readonly container: Dockerode.Container;
  readonly clock: Clock;
  /** How many commands may be on their way into being at a time, over all containers. */
  readonly startPool: LimitFunction;
  /** Given to every command; an option of the same name wins. */
  readonly variables: Readonly<Record<string, string>>;
  /** Starts the container anew with its files, which ends every process; throws InfraError. */
  restart(): Promise<void>;
};
