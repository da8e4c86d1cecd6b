import { join, resolve } from 'node:path';
import { packageRoot } from '../package-root.ts';
import type { RegisterCommand } from '../program.ts';
import { carryOutRun } from '../running/carry-out.ts';
import { showRecorded } from '../running/recorded.ts';
import { readConfig } from '../running/run-config.ts';

/** `tacho demo`: both built-in suites against both simulated endpoints; or the report of a recorded run where no engine is. */
export const registerDemo: RegisterCommand = (program, context) => {
  program
    .command('demo')
    .description('run the built-in suites against two simulated endpoints: no key, no network')
    .option('--recorded', 'no Docker: build the report from the recorded run that ships with Tacho')
    .option('-r, --results <folder>', 'where runs are kept', 'results')
    .action(async ({ recorded, results }: { recorded?: boolean; results: string }) => {
      const folder = resolve(context.workingFolder, results);
      if (recorded) return showRecorded(folder, context);
      const config = await readConfig(join(packageRoot, 'fixtures', 'demo', 'tacho.yaml'), context.variables);
      await carryOutRun({ ...config, results: folder }, context);
    });
};
