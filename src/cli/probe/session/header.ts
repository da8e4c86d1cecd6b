import { cpus } from 'node:os';
import type { Scheduling } from '../../../domain/run.ts';
import type { Clock } from '../../../domain/time.ts';
import type { Arm, ProbeHeader } from '../../../probe/probe.ts';
import { runIdOf } from '../../../run/manifest.ts';
import { packageVersion } from '../../package-root.ts';

type HeaderParts = {
  readonly arms: readonly Arm[];
  readonly seed: number;
  readonly clock: Clock;
  readonly scheduling: Scheduling;
};

/** What stands at the head of a new probe; `degraded` is known at its end. */
export const headerOf = (
  name: string,
  { arms, seed, clock, scheduling }: HeaderParts,
): Omit<ProbeHeader, 'degraded'> => ({
  schema: 1,
  probeId: runIdOf(name, clock),
  createdAt: clock.wall().toISOString(),
  tacho: { version: packageVersion },
  host: {
    platform: process.platform,
    architecture: process.arch,
    cpus: cpus().length,
    node: process.version,
    scheduling,
  },
  seed,
  arms: arms.map(({ id, endpoint }) => ({ id, endpoint })),
});
