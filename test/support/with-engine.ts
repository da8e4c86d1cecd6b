import { basename } from 'node:path';
import { execa } from 'execa';
import { describe } from 'vitest';
import { systemClock } from '../../src/run/metering/clock.ts';
import { dockerProvider } from '../../src/sandbox/docker/provider.ts';

const reasonWithout = await dockerProvider({ mirrors: {}, trustCa: false, runId: 'probe', clock: systemClock })
  .info()
  .then(
    () => undefined,
    (error: unknown) => String(error),
  );

if (reasonWithout !== undefined && process.env.CI !== 'true')
  process.stderr.write(`skipped, no Docker Engine: ${reasonWithout}\n`);

/** Tests that need a Docker Engine: without one they are skipped with the reason printed, or fail where CI=true. */
export const describeWithEngine = describe.skipIf(reasonWithout !== undefined && process.env.CI !== 'true');

/** Ids of the containers that carry the label of this run's folder. */
export const containersOfRun = async (folder: string): Promise<readonly string[]> => {
  const { stdout } = await execa('docker', ['ps', '-aq', '--filter', `label=tacho.run=${basename(folder)}`]);
  return stdout.split('\n').filter((id) => id !== '');
};
