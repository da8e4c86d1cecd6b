import { cpus } from 'node:os';
import type { Clock } from '../../../domain/time.ts';
import type { Arm, ProbeHeader } from '../../../probe/probe.ts';
import { runIdOf } from '../../../run/manifest.ts';
import { packageVersion } from '../../package-root.ts';

/** What stands at the head of a new probe; `degraded` is known at its end. */
export const headerOf = (
  name: string,
  { arms, seed, clock }: { readonly arms: readonly Arm[]; readonly seed: number; readonly clock: Clock },
): Omit<ProbeHeader, 'degraded'> => ({
  schema: 1,
  probeId: runIdOf(name, clock),
  createdAt: clock.wall().toISOString(),
  tacho: { version: packageVersion },
  host: { platform: process.platform, architecture: process.arch, cpus: cpus().length, node: process.version },
  seed,
  arms: arms.map(({ id, endpoint }) => ({ id, endpoint })),
});
