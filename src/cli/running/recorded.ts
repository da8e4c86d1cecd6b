import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';
import type { CommandContext } from '../program.ts';
import { writeReport } from './write-report.ts';

/** Builds the report of the recorded demo run; says that it is a recording. */
export const showRecorded = async (resultsFolder: string, { output }: CommandContext): Promise<void> => {
  const folder = join(resultsFolder, 'recorded-demo');
  await cp(join(packageRoot, 'fixtures', 'runs', 'demo'), folder, { recursive: true });
  output.err(
    'No trial is run now: this is the report of a run recorded earlier, on simulated endpoints, that ships with Tacho.\n',
  );
  const summary = await writeReport(folder, output);
  output.out(summary.console);
  output.out(`\nReport of the recorded run: ${join(folder, 'report', 'index.html')}\n`);
};
