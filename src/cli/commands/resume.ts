import { resolve } from 'node:path';
import type { Config } from '../../run/config/schema.ts';
import { readManifest } from '../../store/manifest.ts';
import type { RegisterCommand } from '../program.ts';
import { carryOutRun } from '../running/carry-out.ts';

/** `tacho resume`: carries out what an interrupted run's log does not hold yet. */
export const registerResume: RegisterCommand = (program, context) => {
  program
    .command('resume')
    .description('go on with a run that was interrupted, by Ctrl-C, kill -9 or a power cut')
    .argument('<run>', "the run's folder")
    .action(async (run: string) => {
      const folder = resolve(context.workingFolder, run);
      // The manifest holds the checked configuration; its `schema` number, checked on reading, covers it.
      const { config } = await readManifest(folder);
      await carryOutRun(config as Config, context, folder);
    });
};
